# METADATA
# title: A Compose service keeps passwords in a weak hash
# custom: {severity: medium, confidence: high, applies_to: {compose: [service]}}
package paylint.rules.weak_hash.compose

import data.paylint.compose
import data.paylint.lib

tables := {
	"options": [
		{"program": `(?i)postgres|postgis|timescale|pgvector|citus`, "name": `^password-encryption$`, "value": `(?i)^(?:md5|on|off)$`, "msg": "passwords are kept as MD5; write scram-sha-256 and set them anew"},
		{"program": `(?i)mysql|mariadb|percona`, "name": `^(?:default-authentication-plugin|authentication-policy)$`, "value": `(?i)mysql_native_password`, "msg": "mysql_native_password keeps passwords as SHA-1 without salt; use caching_sha2_password"},
		{"program": `(?i)mysql|mariadb|percona`, "name": `^mysql-native-password$`, "value": `(?i)^(?:on|1|true)$`, "msg": "mysql_native_password keeps passwords as SHA-1 without salt; leave it off"},
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

# Since version 14 passwords are kept as SCRAM, and md5 here means that as well.
deny contains {"subject": s.id, "path": ["variables", i, "value"], "msg": msg} if {
	s := input.compose.service[_]
	variable := s.config.variables[i]
	variable.name == "POSTGRES_HOST_AUTH_METHOD"
	lower(lib.text(variable.value)) == "md5"
	regex.match(`^(?:9|1[0-3])(?:[^0-9]|$)`, lib.text(s.config.images[_].tag))
	msg := "passwords are sent and kept as MD5; write scram-sha-256"
}

applies contains s.id if {
	s := input.compose.service[_]
	s.config.variables[_].name == "POSTGRES_HOST_AUTH_METHOD"
}

unknown contains {"subject": s.id, "reason": "what decides it comes from a variable"} if {
	s := input.compose.service[_]
	some row in tables.variables
	variable := s.config.variables[_]
	regex.match(row.name, lib.text(variable.name))
	lib.is_unknown(variable.value)
}
