# METADATA
# title: PostgreSQL does not log who connects, or what is audited
# custom: {confidence: medium, applies_to: {postgresql: [server]}}
package paylint.rules.audit_logging_off.postgresql

import data.paylint.lib
import data.paylint.servers

switches := ["log_connections", "log_disconnections", "pgaudit.log"]

applies contains s.id if {
	s := input.postgresql.server[_]
	lib.present(s.config, switches[_])
}

says_nothing(name, v) if {
	name != "pgaudit.log"
	servers.pg_off(v)
}

says_nothing(name, v) if {
	name == "log_connections"
	v == ""
}

says_nothing(name, v) if {
	name == "pgaudit.log"
	lower(trim_space(lib.text(v))) in {"none", ""}
}

deny contains {"subject": s.id, "path": [name], "msg": msg} if {
	s := input.postgresql.server[_]
	some name in switches
	says_nothing(name, s.config[name])
	msg := sprintf("`%s` is switched off: who reached account data can no longer be seen; %s", [name, instead[name]])
}

instead := {
	"log_connections": "write on",
	"log_disconnections": "write on",
	"pgaudit.log": "write at least 'write, ddl, role', and read for tables that hold card numbers",
}

unknown contains {"subject": s.id, "reason": "whether it is logged is given by a variable"} if {
	s := input.postgresql.server[_]
	lib.is_unknown(s.config[switches[_]])
}
