# METADATA
# title: A KMS key is never rotated
# custom: {confidence: high, applies_to: {terraform: [aws_kms_key]}, reads: [[enable_key_rotation]]}
package paylint.rules.key_rotation_off.terraform_aws

import data.paylint.lib

# KMS rotates symmetric encryption keys of its own making only.
applies contains r.id if {
	r := input.terraform.aws_kms_key[_]
	some_symmetric(r.config)
	object.get(r.config, "key_usage", "ENCRYPT_DECRYPT") == "ENCRYPT_DECRYPT"
	not lib.present(r.config, "custom_key_store_id")
}

some_symmetric(config) if {
	spec := object.get(config, "customer_master_key_spec", object.get(config, "key_spec", "SYMMETRIC_DEFAULT"))
	spec in {"SYMMETRIC_DEFAULT", null}
}

deny contains {"subject": r.id, "path": ["enable_key_rotation"], "msg": msg} if {
	r := input.terraform.aws_kms_key[_]
	r.id in applies
	not lib.truthy(object.get(r.config, "enable_key_rotation", false))
	msg := sprintf("key `%s` is never rotated; set enable_key_rotation = true", [r.name])
}
