# METADATA
# title: MongoDB asks nobody for a login
# custom: {confidence: high, applies_to: {mongodb: [server]}}
package paylint.rules.authentication_off.mongodb

import data.paylint.lib
import data.paylint.servers

applies contains s.id if {
	s := input.mongodb.server[_]
	holds_data(s)
}

# A router (mongos) has no such setting.
holds_data(s) if not lib.present(object.get(s.config, "sharding", {}), "configDB")

asks(s) if lower(lib.text(s.config.security.authorization)) == "enabled"

asks(s) if lib.present(s.config.security, ["keyFile", "clusterAuthMode"][_])

asks(s) if lib.is_unknown(s.config.security.authorization)

asks(s) if lib.is_unknown(s.config.security)

deny contains {"subject": s.id, "path": ["security", "authorization"], "msg": msg} if {
	s := input.mongodb.server[_]
	holds_data(s)
	is_disabled(s)
	msg := "authorization is disabled: whoever reaches the port reads and changes everything; write enabled"
}

# Meant for the hours in which a cluster is switched over.
deny contains {"subject": s.id, "path": ["security", "transitionToAuth"], "msg": msg, "confidence": "medium"} if {
	s := input.mongodb.server[_]
	s.config.security.transitionToAuth == true
	msg := "`transitionToAuth` lets members and clients in that do not log in; take it out when all of them do"
}

is_disabled(s) if lower(lib.text(s.config.security.authorization)) == "disabled"

# Off is the default.
deny contains {"subject": s.id, "path": path, "msg": msg} if {
	s := input.mongodb.server[_]
	holds_data(s)
	path := servers.mongo_remote(s)
	not asks(s)
	not is_disabled(s)
	msg := "the server listens on the network and `security.authorization` is not set, which means off; write enabled"
}

unknown contains {"subject": s.id, "reason": "whether logins are asked for is given by a variable"} if {
	s := input.mongodb.server[_]
	lib.has_unknown(s.config.security)
}
