# METADATA
# title: MongoDB takes any certificate
# custom: {confidence: high, applies_to: {mongodb: [server]}}
package paylint.rules.tls_verification_disabled.mongodb

import data.paylint.keyed

applies contains s.id if {
	s := input.mongodb.server[_]
	is_object(s.config.net[["tls", "ssl"][_]])
}

deny contains {"subject": s.id, "path": ["net", section, option], "msg": msg} if {
	s := input.mongodb.server[_]
	some section in ["tls", "ssl"]
	some option in ["allowInvalidCertificates", "allowInvalidHostnames"]
	keyed.on(s.config.net[section][option])
	msg := sprintf("`%s` lets anyone on the path stand in for another member; take it out and give CAFile the right authority", [option])
}
