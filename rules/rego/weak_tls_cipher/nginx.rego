# METADATA
# title: nginx offers a weak cipher suite
# custom: {confidence: high, applies_to: {nginx: [settings, server, location]}}
package paylint.rules.weak_tls_cipher.nginx

import data.paylint.lib
import data.paylint.nginx
import data.paylint.tls

strings contains {"subject": r.id, "name": "ssl_ciphers", "i": i, "value": words[0]} if {
	r := nginx.serving[_]
	words := r.config.directives.ssl_ciphers[i]
	count(words) > 0
}

strings contains {"subject": r.id, "name": name, "i": i, "value": words[0]} if {
	r := nginx.levels[_]
	some name in ["proxy_ssl_ciphers", "grpc_ssl_ciphers", "uwsgi_ssl_ciphers"]
	words := r.config.directives[name][i]
	count(words) > 0
}

applies contains string.subject if some string in strings

# nginx's own default, HIGH:!aNULL:!MD5, has none.
applies contains s.id if {
	s := input.nginx.server[_]
	nginx.speaks_tls(s)
}

deny contains {"subject": string.subject, "path": ["directives", string.name, string.i, 0], "msg": msg} if {
	some string in strings
	weak := tls.weak_ciphers(string.value)
	count(weak) > 0
	msg := sprintf("%s offers %s; offer suites with ECDHE and AES-GCM or ChaCha20 only", [string.name, concat(", ", weak)])
}

unknown contains {"subject": string.subject, "reason": "a template or variable says which suites"} if {
	some string in strings
	lib.is_unknown(string.value)
}

unknown contains {"subject": s.id, "reason": "its suites may stand in a file that is not here"} if {
	s := input.nginx.server[_]
	nginx.speaks_tls(s)
	nginx.unsure(s)
	not nginx.set(s, "ssl_ciphers")
}
