# METADATA
# title: Redis takes connections without TLS
# custom: {confidence: medium, applies_to: {redis: [server]}}
package paylint.rules.cleartext_transport.redis

import data.paylint.keyed
import data.paylint.lib
import data.paylint.servers

applies contains s.id if {
	s := input.redis.server[_]
	lib.known(s.config[["bind", "port", "tls-port"][_]])
}

has_tls(s) if lib.number(s.config["tls-port"]) > 0

plain_port(s) := object.get(s.config, "port", "6379")

# Without a `bind` line it depends on the version and on protected mode who may connect.
deny contains {"subject": s.id, "path": ["bind"], "msg": msg} if {
	s := input.redis.server[_]
	servers.redis_remote(s)
	lib.number(plain_port(s)) != 0
	not has_tls(s)
	not lib.is_unknown(s.config["tls-port"])
	msg := "the server is reached over the network without TLS; set tls-port and port 0"
}

deny contains {"subject": s.id, "path": ["port"], "msg": msg} if {
	s := input.redis.server[_]
	servers.redis_remote(s)
	lib.number(plain_port(s)) != 0
	has_tls(s)
	msg := sprintf("beside the TLS port, port %v takes connections in clear text; write port 0", [plain_port(s)])
}

# The nodes talk to each other in clear text even where clients use TLS.
deny contains {"subject": s.id, "path": [key], "msg": msg} if {
	s := input.redis.server[_]
	has_tls(s)
	some key, partner in {"tls-replication": "replicaof", "tls-cluster": "cluster-enabled"}
	keyed.off(s.config[key])
	partner_known(s, partner)
	msg := sprintf("`%s` is off: the nodes copy data to each other in clear text; write yes", [key])
}

partner_known(s, "replicaof") if {
	words := split(lib.text(s.config.replicaof), " ")
	not keyed.is_local(words[0])
	not keyed.off(words[0])
}

partner_known(s, "cluster-enabled") if keyed.on(s.config["cluster-enabled"])

unknown contains {"subject": s.id, "reason": "its addresses or ports are given by a variable"} if {
	s := input.redis.server[_]
	some key in ["bind", "port", "tls-port"]
	not_known(s.config[key])
}

not_known(v) if lib.is_unknown(v)

not_known(v) if keyed.is_variable(v)
