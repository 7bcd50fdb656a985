# METADATA
# title: MySQL's audit log is switched off
# custom: {confidence: high, applies_to: {mysql: [server]}}
package paylint.rules.audit_logging_off.mysql

import data.paylint.lib

# option -> values that leave everything out
silent := {
	"server_audit_logging": {"off", "0", "false"},
	"audit_log": {"off", "0", "false"},
	"audit_log_policy": {"none"},
	"audit_log_connection_policy": {"none"},
	"audit_log_disable": {"on", "1", "true"},
}

applies contains s.id if {
	s := input.mysql.server[_]
	some option, _ in silent
	lib.present(s.config, option)
}

deny contains {"subject": s.id, "path": [option], "msg": msg} if {
	s := input.mysql.server[_]
	some option, values in silent
	lower(lib.text(s.config[option])) in values
	msg := sprintf("`%s = %s`: who reached account data can no longer be seen; let the audit log record connections and queries", [option, s.config[option]])
}

deny contains {"subject": s.id, "path": ["audit_log_disable"], "msg": msg} if {
	s := input.mysql.server[_]
	s.config.audit_log_disable == true
	msg := "`audit_log_disable`: who reached account data can no longer be seen; take it out"
}

unknown contains {"subject": s.id, "reason": "whether it is logged is given by a variable"} if {
	s := input.mysql.server[_]
	some option, _ in silent
	lib.is_unknown(s.config[option])
}
