# METADATA
# title: MySQL checks no passwords
# custom: {confidence: high, applies_to: {mysql: [server]}}
package paylint.rules.authentication_off.mysql

import data.paylint.keyed

applies contains s.id if s := input.mysql.server[_]

deny contains {"subject": s.id, "path": ["skip_grant_tables"], "msg": msg} if {
	s := input.mysql.server[_]
	keyed.on(s.config.skip_grant_tables)
	msg := "`skip-grant-tables` lets everyone in as root, without a password; take it out"
}
