# METADATA
# title: A database server is told not to use TLS
# custom: {confidence: medium, applies_to: {sql: [setting, user]}}
package paylint.rules.cleartext_transport.sql

import data.paylint.lib

applies contains s.id if {
	s := input.sql.setting[_]
	lower(lib.text(s.config.name)) in {"ssl", "require_secure_transport"}
}

applies contains u.id if {
	u := input.sql.user[_]
	u.config.require_tls != null
}

deny contains {"subject": s.id, "path": ["value"], "msg": msg} if {
	s := input.sql.setting[_]
	name := lower(lib.text(s.config.name))
	name in {"ssl", "require_secure_transport"}
	lower(sprintf("%v", [s.config.value])) in {"off", "false", "0", "no"}
	msg := sprintf("`%s` is switched off: sessions, and the account data in them, cross the network unencrypted", [name])
}

deny contains {"subject": u.id, "path": ["require_tls"], "msg": msg} if {
	u := input.sql.user[_]
	u.config.require_tls == false
	msg := sprintf("`%s` may log in without TLS; write REQUIRE SSL", [u.config.name])
}
