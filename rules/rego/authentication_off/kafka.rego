# METADATA
# title: Kafka lets clients in that nobody knows
# custom: {confidence: medium, applies_to: {kafka: [broker]}}
package paylint.rules.authentication_off.kafka

import data.paylint.keyed
import data.paylint.lib
import data.paylint.servers

applies contains s.id if s := input.kafka.broker[_]

deny contains {"subject": s.id, "path": ["allow.everyone.if.no.acl.found"], "msg": msg} if {
	s := input.kafka.broker[_]
	keyed.on(s.config["allow.everyone.if.no.acl.found"])
	msg := "every client may read and write topics that no ACL names; leave it out and name who may"
}

deny contains {"subject": s.id, "path": ["super.users"], "msg": msg} if {
	s := input.kafka.broker[_]
	regex.match(`(?i)(?:^|[;=])User:ANONYMOUS(?:;|$)`, lib.text(s.config["super.users"]))
	msg := "whoever does not log in may do everything; take User:ANONYMOUS out"
}

# TLS alone says who the server is, not who the client is. Listeners in clear text are cleartext_transport's.
deny contains {"subject": s.id, "path": [key], "msg": msg} if {
	s := input.kafka.broker[_]
	value := s.config[key]
	regex.match(`^(?:listener\.name\.[a-z0-9_-]+\.)?ssl\.client\.auth$`, key)
	lower(lib.text(value)) in {"none", "requested"}
	some listener in servers.kafka_listeners(s, "listeners")
	listener.protocol == "SSL"
	concerns(key, listener.name)
	msg := sprintf("listener %s takes clients without a certificate, and asks for nothing else; write ssl.client.auth=required, or use SASL_SSL", [listener.name])
}

concerns(key, _) if key == "ssl.client.auth"

concerns(key, name) if startswith(key, concat("", ["listener.name.", lower(name), "."]))

unknown contains {"subject": s.id, "reason": "whether clients must say who they are is given by a variable"} if {
	s := input.kafka.broker[_]
	some key in ["allow.everyone.if.no.acl.found", "ssl.client.auth"]
	lib.is_unknown(s.config[key])
}
