# METADATA
# title: A credential stands in nginx's configuration
# custom: {confidence: medium, applies_to: {nginx: [settings, server, location]}}
package paylint.rules.plaintext_secret.nginx

import data.paylint.lib
import data.paylint.nginx

# {subject, path, name, value}: a header, parameter or variable that is given a value.
given contains entry if {
	r := nginx.levels[_]
	some directive in ["proxy_set_header", "grpc_set_header", "fastcgi_param", "uwsgi_param", "set"]
	words := r.config.directives[directive][i]
	entry := {"subject": r.id, "path": ["directives", directive, i, 1], "name": words[0], "value": words[1]}
}

applies contains r.id if some r in nginx.levels

# Basic and Bearer, with what follows written out.
deny contains {"subject": item.subject, "path": item.path, "msg": msg} if {
	some item in given
	lower(lib.text(item.name)) in {"authorization", "proxy-authorization"}
	regex.match(`(?i)^(?:basic|bearer|token|apikey)\s+[^$\s{<]{6,}$`, lib.text(item.value))
	not contains(item.value, "$")
	msg := sprintf("the credential in `%s` stands in the configuration and so in version control; keep it in a file that is included and not committed, or let the application add it", [item.name])
}

deny contains {"subject": item.subject, "path": item.path, "msg": msg} if {
	some item in given
	lib.secret_name(trim_prefix(lib.text(item.name), "$"))
	lib.secret_value(item.value)
	not contains(item.value, "$")
	msg := sprintf("the value of `%s` stands in the configuration and so in version control; keep it in a file that is included and not committed", [item.name])
}

unknown contains {"subject": item.subject, "reason": "a template fills in a value"} if {
	some item in given
	lib.is_unknown(item.value)
	lib.secret_name(trim_prefix(lib.text(item.name), "$"))
}
