# METADATA
# title: HAProxy offers a weak cipher suite
# custom: {confidence: high, applies_to: {haproxy: [global, frontend, backend, listen]}}
package paylint.rules.weak_tls_cipher.haproxy

import data.paylint.haproxy
import data.paylint.lib
import data.paylint.tls

strings contains {"subject": r.id, "path": ["directives", name, i, 0], "name": name, "value": words[0]} if {
	r := input.haproxy.global[_]
	some name in ["ssl-default-bind-ciphers", "ssl-default-server-ciphers"]
	words := r.config.directives[name][i]
	count(words) > 0
}

strings contains {"subject": found.subject, "path": array.concat(found.path, ["ciphers"]), "name": "ciphers", "value": found.options.ciphers} if {
	some found in haproxy.option_sets
}

applies contains string.subject if some string in strings

deny contains {"subject": string.subject, "path": string.path, "msg": msg} if {
	some string in strings
	weak := tls.weak_ciphers(string.value)
	count(weak) > 0
	msg := sprintf("%s offers %s; offer suites with ECDHE and AES-GCM or ChaCha20 only", [string.name, concat(", ", weak)])
}

unknown contains {"subject": string.subject, "reason": "a template or variable says which suites"} if {
	some string in strings
	lib.is_unknown(string.value)
}
