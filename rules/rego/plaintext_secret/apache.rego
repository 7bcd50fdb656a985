# METADATA
# title: A password or credential stands in Apache's configuration
# custom: {confidence: medium, applies_to: {apache: [server, virtual_host, location]}}
package paylint.rules.plaintext_secret.apache

import data.paylint.apache
import data.paylint.lib

applies contains r.id if some r in apache.levels

# {subject, path, name, value}: a variable, header or parameter that is given a value.
given contains entry if {
	r := apache.levels[_]
	some directive in ["setenv", "define", "fcgidinitialenv", "php_value", "php_admin_value"]
	words := r.config.directives[directive][i]
	entry := {"subject": r.id, "path": ["directives", directive, i, 1], "name": words[0], "value": words[1]}
}

# RequestHeader set Authorization "Basic ..."
given contains entry if {
	r := apache.levels[_]
	words := r.config.directives.requestheader[i]
	lower(lib.text(words[0])) in {"set", "add", "append", "merge", "setifempty"}
	entry := {"subject": r.id, "path": ["directives", "requestheader", i, 2], "name": words[1], "value": words[2]}
}

# exec: and dynamic values are none that stand here.
given contains entry if {
	r := apache.levels[_]
	some directive in ["authldapbindpassword", "sessioncryptopassphrase"]
	words := r.config.directives[directive][i]
	not regex.match(`(?i)^exec:`, lib.text(words[0]))
	entry := {"subject": r.id, "path": ["directives", directive, i, 0], "name": "password", "value": words[0]}
}

deny contains {"subject": item.subject, "path": item.path, "msg": msg} if {
	some item in given
	is_secret(item.name, item.value)
	msg := sprintf("the value of `%s` stands in the configuration and so in version control; keep it in a file that is included and not committed, or in the environment", [item.name])
}

is_secret(name, value) if {
	lower(lib.text(name)) in {"authorization", "proxy-authorization"}
	regex.match(`(?i)^(?:basic|bearer|token|apikey)\s+[^%$\s{<]{6,}$`, lib.text(value))
}

is_secret(name, value) if {
	lib.secret_name(name)
	lib.secret_value(value)
	not regex.match(`%\{|^expr=`, lib.text(value))
}

unknown contains {"subject": item.subject, "reason": "filled in by a template or the environment"} if {
	some item in given
	lib.is_unknown(item.value)
	lib.secret_name(item.name)
}
