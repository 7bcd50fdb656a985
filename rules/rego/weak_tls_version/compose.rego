# METADATA
# title: A Compose service accepts TLS older than the minimum
# custom: {severity: medium, confidence: high, applies_to: {compose: [service]}}
package paylint.rules.weak_tls_version.compose

import data.paylint.compose
import data.paylint.lib

tables := {
	"options": [
		{"program": `(?i)postgres|postgis|timescale|pgvector|citus`, "name": `^ssl-(?:min|max)-protocol-version$`, "value": `(?i)^TLSv1(?:\.[01])?$`, "msg": "this version can be broken or downgraded; write TLSv1.2"},
		{"program": `(?i)mysql|mariadb|percona`, "name": `^(?:loose-)?(?:admin-)?tls-version$`, "value": `(?i)(?:^|,)\s*TLSv1(?:\.[01])?(?:,|$)`, "msg": "this accepts versions that can be broken or downgraded; name TLSv1.2 and TLSv1.3 only"},
		{"program": `(?i)redis|valkey|keydb`, "name": `^tls-protocols$`, "value": `(?i)TLSv1(?:\.[01])?(?:[\s"']|$)`, "msg": "this accepts versions that can be broken or downgraded; name TLSv1.2 and TLSv1.3 only"},
	],
	"variables": [
		{"name": `^NODE_OPTIONS$`, "value": `--tls-min-v1\.[01](?:\s|$)`, "msg": "this makes Node.js speak versions that can be broken or downgraded; leave it out"},
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

unknown contains {"subject": s.id, "reason": "what decides it comes from a variable"} if {
	s := input.compose.service[_]
	some row in tables.variables
	variable := s.config.variables[_]
	regex.match(row.name, lib.text(variable.name))
	lib.is_unknown(variable.value)
}
