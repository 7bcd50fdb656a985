# METADATA
# title: A Compose service writes no log of who connects
# custom: {severity: medium, confidence: medium, applies_to: {compose: [service]}}
package paylint.rules.audit_logging_off.compose

import data.paylint.compose
import data.paylint.lib

tables := {
	"options": [
		{"program": `(?i)postgres|postgis|timescale|pgvector|citus`, "name": `^log-(?:connections|disconnections)$`, "value": `(?i)^(?:off|false|no|0|of)$`, "msg": "who reached account data can no longer be seen; write on"},
		{"program": `(?i)postgres|postgis|timescale|pgvector|citus`, "name": `^pgaudit\.log$`, "value": `(?i)^none$`, "msg": "who reached account data can no longer be seen; write at least write, ddl and role"},
		{"program": `(?i)mysql|mariadb|percona`, "name": `^(?:loose-)?(?:server-audit-logging|audit-log)$`, "value": `(?i)^(?:off|false|no|0|of)$`, "msg": "who reached account data can no longer be seen; switch the audit log on"},
	],
	"variables": [

	],
}

speaks(s) if {
	some row in tables.options
	compose.runs(s, row.program)
	s.config.commands[_]
}

speaks(s) if {
	some row in tables.variables
	regex.match(row.name, lib.text(s.config.variables[_].name))
}

applies contains s.id if {
	s := input.compose.service[_]
	speaks(s)
}

deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	s := input.compose.service[_]
	some found in compose.said_of(s, tables)
}

applies contains s.id if {
	s := input.compose.service[_]
	lib.present(s.config, "logging")
}

deny contains {"subject": s.id, "path": ["logging", "driver"], "msg": msg, "confidence": "high"} if {
	s := input.compose.service[_]
	s.config.logging.driver == "none"
	msg := "driver none throws away whatever the container writes, its record of who did what included; leave it out, or send it to a collector"
}

unknown contains {"subject": s.id, "reason": "what decides it comes from a variable"} if {
	s := input.compose.service[_]
	some row in tables.variables
	variable := s.config.variables[_]
	regex.match(row.name, lib.text(variable.name))
	lib.is_unknown(variable.value)
}
