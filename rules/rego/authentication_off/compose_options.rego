# METADATA
# title: A Compose service is started without authentication
# custom: {severity: medium, confidence: medium, applies_to: {compose: [service]}}
package paylint.rules.authentication_off.compose_options

import data.paylint.compose
import data.paylint.lib

tables := {
	"options": [
		{"program": `(?i)mysql|mariadb|percona`, "name": `^skip-grant-tables$`, "value": `.?`, "msg": "this lets everyone in as root, without a password; take it out"},
		{"program": `(?i)mongo`, "name": `^noauth$`, "value": `.?`, "msg": "whoever reaches the port reads and changes everything; write --auth"},
		{"program": `(?i)traefik`, "name": `^api\.insecure$`, "value": `(?i)^(?:true|)$`, "msg": "the dashboard and API answer everyone on port 8080; leave it out and put a router with a login before it"},
		{"program": `(?i)jupyter|notebook|jupyterlab`, "name": `^(?:notebookapp|serverapp|identityprovider|labapp)\.(?:token|password)$`, "value": `^(?:|''|"")$`, "msg": "whoever reaches the port runs any code; leave the option out: a token is made at the start"},
		{"program": `(?i)argo`, "name": `^auth-mode$`, "value": `(?i)^server$`, "msg": "everyone acts with the rights of the server; use sso or client"},
	],
	"variables": [
		{"name": `^KAFKA_(?:CFG_)?ALLOW_EVERYONE_IF_NO_ACL_FOUND$`, "value": `(?i)^true$`, "msg": "every client may read and write topics that no ACL names; leave it out and name who may"},
	],
}

speaks(s) if {
	some program in {row.program | some row in tables.options} | {redis}
	compose.runs(s, program)
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

# Redis asks for no password unless one is set, here or in a file.
redis := `(?i)redis|valkey|keydb`

deny contains {"subject": s.id, "path": option.path, "msg": msg} if {
	s := input.compose.service[_]
	compose.runs(s, redis)
	some option in compose.options(s)
	option.name == "protected-mode"
	lower(lib.text(option.value)) == "no"
	not regex.match(`requirepass|aclfile|\.conf\b|\$`, lib.text(s.config.command_line))
	not lib.present(s.config, "env_file")
	msg := "protected mode is off and no password is set: everyone who reaches the port reads and changes everything; set one from a secret"
}

unknown contains {"subject": s.id, "reason": "what decides it comes from a variable"} if {
	s := input.compose.service[_]
	some row in tables.variables
	variable := s.config.variables[_]
	regex.match(row.name, lib.text(variable.name))
	lib.is_unknown(variable.value)
}
