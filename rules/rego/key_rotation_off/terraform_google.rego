# METADATA
# title: A Cloud KMS key is never rotated, or too seldom
# custom: {confidence: high, applies_to: {terraform: [google_kms_crypto_key]}, reads: [[purpose], [rotation_period], [import_only], [version_template, protection_level]]}
package paylint.rules.key_rotation_off.terraform_google

import data.paylint.lib

# KMS rotates symmetric encryption keys of its own making only.
keys contains r if {
	r := input.terraform.google_kms_crypto_key[_]
	object.get(r.config, "purpose", "ENCRYPT_DECRYPT") == "ENCRYPT_DECRYPT"
	not lib.truthy(r.config.import_only)
	not external(r)
}

external(r) if startswith(lib.text(r.config.version_template[0].protection_level), "EXTERNAL")

applies contains r.id if some r in keys

# Without a period the key is never rotated.
deny contains {"subject": r.id, "path": ["rotation_period"], "msg": msg} if {
	some r in keys
	not lib.present(r.config, "rotation_period")
	not lib.is_unknown(r.config.import_only)
	not lib.is_unknown(r.config.version_template[0].protection_level)
	msg := sprintf("key `%s` is never rotated; set rotation_period = \"7776000s\" (90 days)", [r.name])
}

deny contains {"subject": r.id, "path": ["rotation_period"], "msg": msg} if {
	some r in keys
	seconds := lib.number(trim_suffix(lib.text(r.config.rotation_period), "s"))
	seconds > data.settings.maximum_key_rotation_days * 86400
	msg := sprintf("key `%s` is rotated every %v days; rotate it after %v days at most", [r.name, floor(seconds / 86400), data.settings.maximum_key_rotation_days])
}

# Whether KMS can rotate it depends on this.
unknown contains {"subject": r.id, "reason": "its purpose is known only at apply"} if {
	r := input.terraform.google_kms_crypto_key[_]
	lib.is_unknown(r.config.purpose)
}
