# METADATA
# title: MongoDB offers a broken cipher suite
# custom: {confidence: high, applies_to: {mongodb: [server]}}
package paylint.rules.weak_tls_cipher.mongodb

import data.paylint.lib
import data.paylint.tls

setting contains {"s": s, "path": ["setParameter", key], "value": s.config.setParameter[key]} if {
	s := input.mongodb.server[_]
	some key in ["opensslCipherConfig", "opensslCipherSuiteConfig"]
	s.config.setParameter[key] != ""
}

applies contains found.s.id if some found in setting

deny contains {"subject": found.s.id, "path": found.path, "msg": msg} if {
	some found in setting
	weak := tls.weak_ciphers(found.value)
	count(weak) > 0
	msg := sprintf("`%s` can be broken or authenticates nobody; offer AEAD suites with forward secrecy only", [weak[0]])
}

unknown contains {"subject": found.s.id, "reason": "the cipher suites are given by a variable"} if {
	some found in setting
	lib.has_unknown(found.value)
}
