# METADATA
# title: MongoDB stores data without encryption
# description: The disk below may be encrypted, which is why this is no more than likely.
# custom: {severity: medium, confidence: low, applies_to: {mongodb: [server]}}
package paylint.rules.storage_unencrypted.mongodb

import data.paylint.keyed
import data.paylint.lib

applies contains s.id if {
	s := input.mongodb.server[_]
	lib.present(s.config.security, "enableEncryption")
}

deny contains {"subject": s.id, "path": ["security", "enableEncryption"], "msg": msg} if {
	s := input.mongodb.server[_]
	keyed.off(s.config.security.enableEncryption)
	msg := "`enableEncryption` is off: data files lie on the disk and in backups in clear text; switch it on, with a key from kmip"
}
