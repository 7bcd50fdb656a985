# METADATA
# title: Kafka does not check host names
# custom: {confidence: high, applies_to: {kafka: [broker, client]}}
package paylint.rules.tls_verification_disabled.kafka

import data.paylint.lib

setting contains {"s": s, "key": key, "value": value} if {
	some type in ["broker", "client"]
	s := input.kafka[type][_]
	value := s.config[key]
	regex.match(`(?:^|\.)ssl\.endpoint\.identification\.algorithm$`, key)
}

applies contains found.s.id if some found in setting

deny contains {"subject": found.s.id, "path": [found.key], "msg": msg} if {
	some found in setting
	lower(trim(lib.text(found.value), "\"' ")) in {"", "none"}
	msg := sprintf("`%s` is empty: a certificate of any host is taken; leave it out, its default is https", [found.key])
}

unknown contains {"subject": found.s.id, "reason": "whether host names are checked is given by a variable"} if {
	some found in setting
	lib.is_unknown(found.value)
}
