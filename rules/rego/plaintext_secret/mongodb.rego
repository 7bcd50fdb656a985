# METADATA
# title: A password stands in MongoDB's configuration in plain text
# custom: {confidence: medium, applies_to: {mongodb: [server]}}
package paylint.rules.plaintext_secret.mongodb

import data.paylint.keyed

paths := [
	["net", "tls", "certificateKeyFilePassword"],
	["net", "tls", "clusterPassword"],
	["net", "ssl", "PEMKeyPassword"],
	["net", "ssl", "clusterPassword"],
	["security", "ldap", "bind", "queryPassword"],
	["security", "kmip", "clientCertificatePassword"],
]

setting contains {"s": s, "path": path, "value": value} if {
	s := input.mongodb.server[_]
	some path in paths
	value := object.get(s.config, path, null)
	value != null
}

applies contains found.s.id if some found in setting

deny contains {"subject": found.s.id, "path": found.path, "msg": msg} if {
	some found in setting
	keyed.password_literal(found.value)
	msg := sprintf("`%s` stands here in clear text and so in version control; let __exec or __rest bring it", [concat(".", found.path)])
}
