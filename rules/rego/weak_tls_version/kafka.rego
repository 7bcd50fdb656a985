# METADATA
# title: Kafka speaks TLS older than the minimum
# custom: {confidence: high, applies_to: {kafka: [broker, client]}}
package paylint.rules.weak_tls_version.kafka

import data.paylint.keyed
import data.paylint.lib

# ssl.enabled.protocols, with listener.name.x. or producer. before it
setting contains {"s": s, "key": key, "value": value} if {
	some type in ["broker", "client"]
	s := input.kafka[type][_]
	value := s.config[key]
	regex.match(`(?:^|\.)ssl\.(?:enabled\.protocols|protocol)$`, key)
}

applies contains found.s.id if some found in setting

deny contains {"subject": found.s.id, "path": [found.key], "msg": msg} if {
	some found in setting
	old := [version | some version in keyed.listed(found.value); lib.tls_too_old(version)]
	count(old) > 0
	msg := sprintf("`%s` is spoken, which can be broken or downgraded; name TLSv1.2 and TLSv1.3 only", [old[0]])
}

unknown contains {"subject": found.s.id, "reason": "the TLS version is given by a variable"} if {
	some found in setting
	lib.has_unknown(found.value)
}
