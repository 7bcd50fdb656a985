# METADATA
# title: A database server stops logging connections or audited statements
# custom: {confidence: medium, applies_to: {sql: [setting]}}
package paylint.rules.audit_logging_off.sql

import data.paylint.lib

# pgaudit.log = none, log_connections = off (PostgreSQL); server_audit_logging, audit_log_policy (MariaDB, MySQL).
switches := {"log_connections", "log_disconnections", "pgaudit.log", "server_audit_logging", "audit_log_policy", "logging_collector"}

off := {"off", "false", "0", "no", "none", ""}

applies contains s.id if {
	s := input.sql.setting[_]
	s.config.scope != "role"
	lower(lib.text(s.config.name)) in switches
}

deny contains {"subject": s.id, "path": ["value"], "msg": msg} if {
	s := input.sql.setting[_]
	s.id in applies
	lower(sprintf("%v", [s.config.value])) in off
	msg := sprintf("`%s` is switched off: who reached account data can no longer be seen", [s.config.name])
}
