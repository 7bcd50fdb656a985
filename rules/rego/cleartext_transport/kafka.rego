# METADATA
# title: Kafka carries events in clear text
# custom: {confidence: high, applies_to: {kafka: [broker, client]}}
package paylint.rules.cleartext_transport.kafka

import data.paylint.keyed
import data.paylint.lib
import data.paylint.servers

clear := {"PLAINTEXT", "SASL_PLAINTEXT"}

applies contains s.id if s := input.kafka.broker[_]

applies contains c.id if {
	c := input.kafka.client[_]
	count(protocols(c)) > 0
}

applies contains c.id if {
	c := input.kafka.client[_]
	count(servers.kafka_hosts(c)) > 0
}

# --- brokers ----------------------------------------------------------------------------------------------------------

open_listeners(s, key) := [listener |
	some listener in servers.kafka_listeners(s, key)
	listener.protocol in clear
	not servers.kafka_is_local(listener.host)
	not keyed.is_variable(listener.host)
]

deny contains {"subject": s.id, "path": ["listeners"], "msg": msg, "confidence": confidence(s)} if {
	s := input.kafka.broker[_]
	open := open_listeners(s, "listeners")
	count(open) > 0
	msg := sprintf("listener %s takes %s: events cross the network in clear text; use SSL or SASL_SSL", [open[0].name, open[0].protocol])
}

deny contains {"subject": s.id, "path": ["advertised.listeners"], "msg": msg} if {
	s := input.kafka.broker[_]
	not lib.present(s.config, "listeners")
	open := open_listeners(s, "advertised.listeners")
	count(open) > 0
	msg := sprintf("clients are told to connect to %s with %s, in clear text; use SSL or SASL_SSL", [open[0].host, open[0].protocol])
}

# A broker that tells its clients to come to localhost is on a developer's machine.
confidence(s) := "low" if told_local(s)

confidence(s) := "high" if not told_local(s)

told_local(s) if {
	told := servers.kafka_listeners(s, "advertised.listeners")
	count(told) > 0
	every listener in told {
		servers.kafka_is_local(listener.host)
	}
}

# Without `listeners` a broker takes PLAINTEXT on every interface.
default_confidence(s) := "low" if {
	keyed.all_local(keyed.hosts(lib.text(s.config["zookeeper.connect"])))
} else := "medium"

deny contains {"subject": s.id, "path": ["listeners"], "msg": msg, "confidence": default_confidence(s)} if {
	s := input.kafka.broker[_]
	is_broker(s)
	not lib.present(s.config, "listeners")
	not lib.present(s.config, "advertised.listeners")
	msg := "no listeners are named, so the broker takes PLAINTEXT on port 9092 of every interface; name listeners with SSL or SASL_SSL"
}

is_broker(s) if lib.present(s.config, ["broker.id", "node.id"][_])

deny contains {"subject": s.id, "path": ["security.inter.broker.protocol"], "msg": msg} if {
	s := input.kafka.broker[_]
	upper(lib.text(s.config["security.inter.broker.protocol"])) in clear
	not all_local(s)
	msg := "brokers copy events to each other in clear text; use SSL or SASL_SSL"
}

all_local(s) if {
	listeners := servers.kafka_listeners(s, "listeners")
	count(listeners) > 0
	every listener in listeners {
		servers.kafka_is_local(listener.host)
	}
}

unknown contains {"subject": s.id, "reason": "its listeners are given by a variable"} if {
	s := input.kafka.broker[_]
	some key in ["listeners", "listener.security.protocol.map", "security.inter.broker.protocol"]
	lib.is_unknown(s.config[key])
}

# --- clients ----------------------------------------------------------------------------------------------------------

protocols(c) := {key: value |
	value := c.config[key]
	regex.match(`(?:^|\.)security\.protocol$`, key)
}

deny contains {"subject": c.id, "path": [key], "msg": msg} if {
	some type in ["broker", "client"]
	c := input.kafka[type][_]
	some key, value in protocols(c)
	upper(lib.text(value)) in clear
	not keyed.all_local(servers.kafka_hosts(c))
	msg := sprintf("%s sends events and logins in clear text; use SSL or SASL_SSL", [value])
}

# The REST interface of Kafka Connect and its like.
deny contains {"subject": c.id, "path": ["listeners"], "msg": msg, "confidence": "medium"} if {
	c := input.kafka.client[_]
	some url in keyed.urls(lib.text(c.config.listeners))
	url.scheme == "http"
	not servers.kafka_is_local(url.host)
	not keyed.is_variable(url.host)
	msg := "connectors are managed over plain HTTP, the passwords in their configuration included; listen on https"
}

applies contains c.id if {
	c := input.kafka.client[_]
	lib.present(c.config, "listeners")
}

# PLAINTEXT is what a client speaks if nothing else is said.
deny contains {"subject": c.id, "path": [key], "msg": msg, "confidence": "low"} if {
	c := input.kafka.client[_]
	count(protocols(c)) == 0
	some key in ["bootstrap.servers", "producer.bootstrap.servers", "consumer.bootstrap.servers"]
	some host in keyed.hosts(lib.text(c.config[key]))
	not keyed.is_local(host)
	not keyed.is_neighbour(host)
	msg := sprintf("nothing says how to speak to %s, which means in clear text; set security.protocol=SASL_SSL or SSL", [host])
}

unknown contains {"subject": c.id, "reason": "its security.protocol is given by a variable"} if {
	c := input.kafka.client[_]
	lib.has_unknown(protocols(c))
}
