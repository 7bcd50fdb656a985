# METADATA
# title: Kafka offers a broken cipher suite
# custom: {confidence: high, applies_to: {kafka: [broker, client]}}
package paylint.rules.weak_tls_cipher.kafka

import data.paylint.lib
import data.paylint.tls

setting contains {"s": s, "path": [key], "value": value} if {
	some type in ["broker", "client"]
	s := input.kafka[type][_]
	value := s.config[key]
	regex.match(`(?:^|\.)ssl\.cipher\.suites$`, key)
	value != ""
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
