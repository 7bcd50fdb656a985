# METADATA
# title: MongoDB takes connections without TLS
# custom: {confidence: high, applies_to: {mongodb: [server]}}
package paylint.rules.cleartext_transport.mongodb

import data.paylint.keyed
import data.paylint.lib
import data.paylint.servers

applies contains s.id if {
	s := input.mongodb.server[_]
	is_object(s.config.net)
}

modes(s) := [{"path": ["net", section, "mode"], "value": lower(value)} |
	some section in ["tls", "ssl"]
	value := lib.text(s.config.net[section].mode)
]

lax := {"disabled", "allowtls", "preferssl", "allowssl", "prefertls"}

deny contains {"subject": s.id, "path": found.path, "msg": msg} if {
	s := input.mongodb.server[_]
	some found in modes(s)
	found.value in lax
	not local_only(s)
	msg := sprintf("with mode %s the server answers clients that use no TLS; write requireTLS", [found.value])
}

local_only(s) if not servers.mongo_remote(s)

deny contains {"subject": s.id, "path": path, "msg": msg} if {
	s := input.mongodb.server[_]
	path := servers.mongo_remote(s)
	count(modes(s)) == 0
	not lib.has_unknown(s.config.net)
	msg := "the server listens on the network without TLS; set net.tls.mode to requireTLS"
}

unknown contains {"subject": s.id, "reason": "how the server listens is given by a variable"} if {
	s := input.mongodb.server[_]
	lib.has_unknown(s.config.net)
}
