# METADATA
# title: A key of Cloud KMS can be destroyed by a plan, or at once
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {terraform: [google_kms_crypto_key]}
package paylint.rules.key_deletion_unprotected.terraform_google

import data.paylint.lib

keys contains r if {
	r := input.terraform.google_kms_crypto_key[_]
	upper(lib.text(object.get(r.config, "purpose", "ENCRYPT_DECRYPT"))) == "ENCRYPT_DECRYPT"
}

applies contains r.id if some r in keys

# Taking the key out of the plan destroys its versions, and what was encrypted with them is lost.
deny contains {"subject": r.id, "path": ["lifecycle", 0, "prevent_destroy"], "msg": msg} if {
	some r in keys
	not lib.truthy(r.config.lifecycle[0].prevent_destroy)
	msg := sprintf("a plan may destroy key `%s` with all that it encrypts; add lifecycle { prevent_destroy = true }", [r.name])
}

# Thirty days where nothing is written; a day is the least.
deny contains {"subject": r.id, "path": ["destroy_scheduled_duration"], "msg": msg} if {
	some r in keys
	duration := lib.text(r.config.destroy_scheduled_duration)
	seconds := lib.number(trim_suffix(duration, "s"))
	seconds < 7 * 86400
	msg := sprintf("versions of key `%s` are gone %v after somebody destroys them; leave at least seven days", [r.name, duration])
}
