# METADATA
# title: PostgreSQL offers a broken cipher suite
# custom: {confidence: high, applies_to: {postgresql: [server]}}
package paylint.rules.weak_tls_cipher.postgresql

import data.paylint.lib
import data.paylint.tls

setting contains {"s": s, "path": [key], "value": s.config[key]} if {
	s := input.postgresql.server[_]
	some key in ["ssl_ciphers", "ssl_tls13_ciphers"]
	s.config[key] != ""
}

# What holds where nothing is written: to write it as well makes nothing worse.
own_default := `HIGH:MEDIUM:+3DES:!aNULL`

applies contains found.s.id if some found in setting

deny contains {"subject": found.s.id, "path": found.path, "msg": msg} if {
	some found in setting
	found.value != own_default
	weak := tls.weak_ciphers(found.value)
	count(weak) > 0
	msg := sprintf("`%s` can be broken or authenticates nobody; offer AEAD suites with forward secrecy only", [weak[0]])
}

unknown contains {"subject": found.s.id, "reason": "the cipher suites are given by a variable"} if {
	some found in setting
	lib.has_unknown(found.value)
}
