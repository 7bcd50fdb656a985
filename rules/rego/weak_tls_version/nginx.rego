# METADATA
# title: nginx accepts or speaks an old TLS version
# custom: {confidence: high, applies_to: {nginx: [settings, server, location]}}
package paylint.rules.weak_tls_version.nginx

import data.paylint.lib
import data.paylint.nginx
import data.paylint.tls

# What clients may use, and what nginx uses as a client itself.
incoming := ["ssl_protocols"]

outgoing := ["proxy_ssl_protocols", "grpc_ssl_protocols", "uwsgi_ssl_protocols"]

lists contains entry if {
	r := nginx.serving[_]
	some name in incoming
	r.config.directives[name][i]
	entry := {"subject": r.id, "name": name, "i": i, "words": r.config.directives[name][i]}
}

lists contains entry if {
	r := nginx.levels[_]
	some name in outgoing
	r.config.directives[name][i]
	entry := {"subject": r.id, "name": name, "i": i, "words": r.config.directives[name][i]}
}

# ssl_conf_command MinProtocol TLSv1
lists contains entry if {
	r := nginx.serving[_]
	words := lib.as_array(r.config.directives.ssl_conf_command[i])
	count(words) > 1
	lib.text(words[0]) in {"MinProtocol", "Protocol"}
	entry := {"subject": r.id, "name": "ssl_conf_command", "i": i, "words": [words[1]]}
}

applies contains list.subject if some list in lists

applies contains s.id if {
	s := input.nginx.server[_]
	nginx.speaks_tls(s)
}

deny contains {"subject": list.subject, "path": ["directives", list.name, list.i], "msg": msg} if {
	some list in lists
	old := tls.old_versions(list.words)
	count(old) > 0
	msg := sprintf("%s offers %s, which can be broken; write TLSv1.2 TLSv1.3", [list.name, concat(", ", old)])
}

unknown contains {"subject": list.subject, "reason": "a template or variable says which versions"} if {
	some list in lists
	lib.has_unknown(list.words)
}

# TLS 1.0 and 1.1 were on by default until nginx 1.27.3.
unknown contains {"subject": s.id, "reason": "ssl_protocols is not set: which versions are on depends on nginx's own version"} if {
	s := input.nginx.server[_]
	nginx.speaks_tls(s)
	not nginx.set(s, "ssl_protocols")
	not nginx.set_by_certbot(s)
}
