# METADATA
# title: PostgreSQL keeps passwords as MD5
# custom: {confidence: high, applies_to: {postgresql: [server]}}
package paylint.rules.weak_hash.postgresql

import data.paylint.lib

applies contains s.id if {
	s := input.postgresql.server[_]
	lib.known(s.config.password_encryption)
}

deny contains {"subject": s.id, "path": ["password_encryption"], "msg": msg} if {
	s := input.postgresql.server[_]
	lower(lib.text(s.config.password_encryption)) in {"md5", "on", "off", "true", "false"}
	msg := "passwords are kept as MD5, or not hashed at all; write scram-sha-256 and set them anew"
}

unknown contains {"subject": s.id, "reason": "how passwords are kept is given by a variable"} if {
	s := input.postgresql.server[_]
	lib.is_unknown(s.config.password_encryption)
}
