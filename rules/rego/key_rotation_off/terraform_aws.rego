# METADATA
# title: A KMS key is never rotated
# custom: {confidence: high, applies_to: {terraform: [aws_kms_key]}, reads: [[enable_key_rotation], [rotation_period_in_days]]}
package paylint.rules.key_rotation_off.terraform_aws

import data.paylint.lib

# KMS rotates symmetric encryption keys of its own making only: not those for signing or MACs, not imported ones
# (aws_kms_external_key), not those of a key store. A replica (aws_kms_replica_key) is rotated with its primary key.
rotatable(r) if {
	spec(r) == "SYMMETRIC_DEFAULT"
	object.get(r.config, "key_usage", "ENCRYPT_DECRYPT") == "ENCRYPT_DECRYPT"
	not lib.present(r.config, "custom_key_store_id")
}

spec(r) := object.get(r.config, "customer_master_key_spec", object.get(r.config, "key_spec", "SYMMETRIC_DEFAULT"))

applies contains r.id if {
	r := input.terraform.aws_kms_key[_]
	rotatable(r)
}

deny contains {"subject": r.id, "path": ["enable_key_rotation"], "msg": msg} if {
	r := input.terraform.aws_kms_key[_]
	rotatable(r)
	not lib.truthy(object.get(r.config, "enable_key_rotation", false))
	msg := sprintf("key `%s` is never rotated; set enable_key_rotation = true", [r.name])
}

# Without a number it is once a year.
deny contains {"subject": r.id, "path": ["rotation_period_in_days"], "msg": msg} if {
	r := input.terraform.aws_kms_key[_]
	rotatable(r)
	lib.truthy(r.config.enable_key_rotation)
	days := lib.number(r.config.rotation_period_in_days)
	days > data.settings.maximum_key_rotation_days
	msg := sprintf("key `%s` is in use for %v days before it is rotated; set rotation_period_in_days to %v at most", [r.name, days, data.settings.maximum_key_rotation_days])
}

# Whether it can be rotated at all; a key that is rotated passes whatever it is.
unknown contains {"subject": r.id, "reason": "what kind of key it is, is known only at apply"} if {
	r := input.terraform.aws_kms_key[_]
	some key in ["customer_master_key_spec", "key_spec", "key_usage"]
	lib.is_unknown(r.config[key])
	not other_kind(r)
	not lib.truthy(r.config.enable_key_rotation)
}

other_kind(r) if lib.present(r.config, "custom_key_store_id")

other_kind(r) if {
	kind := lib.text(spec(r))
	kind != "SYMMETRIC_DEFAULT"
}

other_kind(r) if {
	usage := lib.text(r.config.key_usage)
	usage != "ENCRYPT_DECRYPT"
}
