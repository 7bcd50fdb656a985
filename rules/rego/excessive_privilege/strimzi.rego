# METADATA
# title: Every Kafka client may read and write every topic
# custom:
#   severity: medium
#   confidence: high
#   applies_to: {kubernetes: [Kafka, KafkaUser]}
package paylint.rules.excessive_privilege.strimzi

import data.paylint.kubernetes
import data.paylint.lib

clusters contains s if {
	s := input.kubernetes.Kafka[_]
	kubernetes.in_group(s, "kafka.strimzi.io")
	is_object(s.config.spec.kafka)
}

applies contains s.id if some s in clusters

# Where clients need not even say who they are, that is found first.
authenticates(s) if s.config.spec.kafka.listeners[_].authentication

deny contains {"subject": s.id, "path": ["spec", "kafka"], "msg": msg} if {
	some s in clusters
	authenticates(s)
	not lib.present(s.config.spec.kafka, "authorization")
	msg := "without `authorization` every client that logs in reads and writes every topic; set type: simple, and name each user's topics in a KafkaUser"
}

deny contains {"subject": s.id, "path": ["spec", "kafka", "config", "allow.everyone.if.no.acl.found"], "msg": msg} if {
	some s in clusters
	lib.truthy(s.config.spec.kafka.config["allow.everyone.if.no.acl.found"])
	msg := "a topic without rules is open to every client; set false, so that nothing is allowed that nobody granted"
}

users contains s if {
	s := input.kubernetes.KafkaUser[_]
	kubernetes.in_group(s, "kafka.strimzi.io")
	is_array(s.config.spec.authorization.acls)
}

applies contains s.id if some s in users

deny contains {"subject": s.id, "path": ["spec", "authorization", "acls", i, "resource", "name"], "msg": msg} if {
	some s in users
	acl := s.config.spec.authorization.acls[i]
	lower(lib.text(kubernetes.get(acl, "type", "allow"))) == "allow"
	acl.resource.type in {"topic", "cluster"}
	kubernetes.get(acl.resource, "name", "*") == "*"
	operations := array.concat(lib.as_array(kubernetes.get(acl, "operations", [])), lib.as_array(kubernetes.get(acl, "operation", [])))
	"All" in operations
	msg := sprintf("user `%s` may do everything with every %v; name the topics and operations it needs", [s.name, acl.resource.type])
}
