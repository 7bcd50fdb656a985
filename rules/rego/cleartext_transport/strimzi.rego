# METADATA
# title: A Kafka listener takes plain text
# custom: {confidence: high, applies_to: {kubernetes: [Kafka]}}
package paylint.rules.cleartext_transport.strimzi

import data.paylint.kubernetes
import data.paylint.lib

applies contains s.id if {
	s := input.kubernetes.Kafka[_]
	startswith(s.config.apiVersion, "kafka.strimzi.io/")
	is_array(s.config.spec.kafka.listeners)
}

deny contains {"subject": s.id, "path": ["spec", "kafka", "listeners", i, "tls"], "msg": msg} if {
	s := input.kubernetes.Kafka[_]
	s.id in applies
	listener := s.config.spec.kafka.listeners[i]
	lib.falsy(kubernetes.get(listener, "tls", false))
	msg := sprintf("listener `%v` carries events in clear text; set tls: true and move the clients over", [listener.name])
}
