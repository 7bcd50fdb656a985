# METADATA
# title: A Compose service takes or makes connections without TLS
# custom: {severity: medium, confidence: medium, applies_to: {compose: [service]}}
package paylint.rules.cleartext_transport.compose_servers

import data.paylint.compose
import data.paylint.lib

tables := {
	"options": [
		{"program": `(?i)postgres|postgis|timescale|pgvector|citus`, "name": `^ssl$`, "value": `(?i)^(?:off|false|no|0|of)$`, "msg": "ssl is off: queries and their data cross the network in clear text; write ssl=on and give it a certificate"},
		{"program": `(?i)mysql|mariadb|percona`, "name": `^(?:loose-)?(?:require-secure-transport|ssl)$`, "value": `(?i)^(?:off|false|no|0|of)$`, "msg": "clients may leave TLS out; write --require-secure-transport=ON"},
		{"program": `(?i)mysql|mariadb|percona`, "name": `^(?:loose-)?(?:skip|disable)-ssl$`, "value": `.?`, "msg": "this takes TLS away from every connection; leave it out and write --require-secure-transport=ON"},
		{"program": `(?i)mongo`, "name": `^(?:tls|ssl)mode$`, "value": `(?i)^(?:disabled|allow(?:tls|ssl)|prefer(?:tls|ssl))$`, "msg": "clients without TLS are answered; write --tlsMode requireTLS"},
		{"program": `(?i)etcd`, "name": `^(?:listen|advertise)-(?:client|peer)-urls$`, "value": `^http://(?:0\.0\.0\.0|\[::\]|[a-z0-9-]+\.[a-z])`, "msg": "etcd is spoken to without TLS; use https with --cert-file, --key-file and --client-cert-auth"},
		{"program": `(?i)dockerd|docker$|dind`, "name": `^tls$`, "value": `(?i)^(?:off|false|no|0|of)$`, "msg": "the Docker daemon takes commands without TLS: whoever reaches the port is root on its host; leave it out"},
	],
	"variables": [
		{"name": `^(?:xpack\.security\.(?:http|transport)\.ssl\.enabled|plugins\.security\.ssl\.http\.enabled)$`, "value": `(?i)^(?:off|false|no|0|of)$`, "msg": "the search engine is spoken to in clear text, logins included; switch TLS on and give it a certificate"},
		{"name": `^KAFKA_(?:CFG_)?ADVERTISED_LISTENERS$`, "value": `(?i)(?:^|,)(?:SASL_)?PLAINTEXT://[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}:`, "without": `(?i)(?:SASL_)?PLAINTEXT://(?:host|gateway)\.(?:docker|containers|minikube|lima)\.internal:|(?:SASL_)?PLAINTEXT://[a-z0-9.-]+\.local(?:host|domain):`, "msg": "clients elsewhere are told to connect in clear text; advertise a listener with SSL or SASL_SSL"},
		{"name": `^KAFKA_(?:CFG_)?SECURITY_INTER_BROKER_PROTOCOL$`, "value": `(?i)^(?:SASL_)?PLAINTEXT$`, "msg": "brokers copy events to each other in clear text; use SSL or SASL_SSL"},
		{"name": `^VAULT_LOCAL_CONFIG$`, "value": `tls_disable["']?\s*[:=]\s*["']?(?:1|true)`, "msg": "the vault hands out secrets in clear text; give its listener a certificate"},
		{"name": `^LDAP_TLS$`, "value": `(?i)^(?:off|false|no|0|of)$`, "msg": "the directory takes logins in clear text; leave TLS on"},
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
