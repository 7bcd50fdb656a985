# METADATA
# title: A Kafka listener lets clients in without authentication
# custom: {confidence: high, applies_to: {kubernetes: [Kafka]}}
package paylint.rules.authentication_off.strimzi

import data.paylint.kubernetes
import data.paylint.lib

clusters contains s if {
	s := input.kubernetes.Kafka[_]
	kubernetes.in_group(s, "kafka.strimzi.io")
	is_array(s.config.spec.kafka.listeners)
}

applies contains s.id if some s in clusters

deny contains {"subject": s.id, "path": ["spec", "kafka", "listeners", i], "msg": msg} if {
	some s in clusters
	listener := s.config.spec.kafka.listeners[i]
	lib.known(listener)
	not lib.present(listener, "authentication")
	msg := sprintf("listener `%v` has no `authentication`: whoever reaches it reads and writes events; set type: tls or scram-sha-512", [listener.name])
}

deny contains {"subject": s.id, "path": ["spec", "kafka", "authorization", "superUsers", i], "msg": msg} if {
	some s in clusters
	user := s.config.spec.kafka.authorization.superUsers[i]
	regex.match(`(?i)^(?:User:)?ANONYMOUS$`, lib.text(user))
	msg := "clients without a name are super users; take ANONYMOUS out"
}
