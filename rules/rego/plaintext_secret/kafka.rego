# METADATA
# title: A password stands in Kafka's configuration in plain text
# custom: {confidence: medium, applies_to: {kafka: [broker, client]}}
package paylint.rules.plaintext_secret.kafka

import data.paylint.keyed
import data.paylint.lib

secret_key(key) if regex.match(`(?:^|\.)(?:ssl\.(?:keystore|key|truststore)\.password|ssl\.keystore\.key|sasl\.password|basic\.auth\.user\.info|[a-z.]*(?:client|api)\.secret|[a-z.]*password)$`, key)

is_jaas(key) if regex.match(`(?:^|\.)sasl\.jaas\.config$`, key)

setting contains {"s": s, "key": key, "value": value} if {
	some type in ["broker", "client"]
	s := input.kafka[type][_]
	value := s.config[key]
	secret_key(key)
}

jaas contains {"s": s, "key": key, "value": value} if {
	some type in ["broker", "client"]
	s := input.kafka[type][_]
	value := s.config[key]
	is_jaas(key)
}

applies contains found.s.id if some found in setting

applies contains found.s.id if some found in jaas

deny contains {"subject": found.s.id, "path": [found.key], "msg": msg, "confidence": confidence(found.key)} if {
	some found in setting
	keyed.password_literal(found.value)
	msg := sprintf("the value of `%s` stands here in clear text and so in version control; let a configuration provider bring it (${file:…}, ${vault:…})", [found.key])
}

# A truststore holds nothing secret; its password only shows that it was not changed.
confidence(key) := "low" if contains(key, "truststore")

confidence(key) := "medium" if not contains(key, "truststore")

deny contains {"subject": found.s.id, "path": [found.key], "msg": msg} if {
	some found in jaas
	some m in regex.find_all_string_submatch_n(`(?:password|clientSecret|user_[A-Za-z0-9_.-]+)[ ]*=[ ]*["']?([^"'; ]+)`, lib.text(found.value), -1)
	keyed.password_literal(m[1])
	msg := sprintf("`%s` holds a password in clear text and so in version control; let a configuration provider bring it (${file:…}, ${vault:…})", [found.key])
}
