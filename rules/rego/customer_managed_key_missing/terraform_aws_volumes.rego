# METADATA
# title: An EBS volume is encrypted with a key of AWS's own
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_ebs_volume
#       - aws_ebs_encryption_by_default
#       - aws_instance
#       - aws_launch_template
#       - aws_launch_configuration
#       - aws_spot_instance_request
#       - aws_spot_fleet_request
#       - aws_imagebuilder_image_recipe
#       - aws_imagebuilder_container_recipe
package paylint.rules.customer_managed_key_missing.terraform_aws_volumes

import data.paylint.aws_keys
import data.paylint.blocks
import data.paylint.lib

# Where volumes are described.
places := {
	"aws_ebs_volume": [[]],
	"aws_instance": [["root_block_device", "*"], ["ebs_block_device", "*"]],
	"aws_launch_configuration": [["root_block_device", "*"], ["ebs_block_device", "*"]],
	"aws_spot_instance_request": [["root_block_device", "*"], ["ebs_block_device", "*"]],
	"aws_spot_fleet_request": [["launch_specification", "*", "root_block_device", "*"], ["launch_specification", "*", "ebs_block_device", "*"]],
	"aws_launch_template": [["block_device_mappings", "*", "ebs", "*"]],
	"aws_imagebuilder_image_recipe": [["block_device_mapping", "*", "ebs", "*"]],
	"aws_imagebuilder_container_recipe": [["instance_configuration", "*", "block_device_mapping", "*", "ebs", "*"]],
}

# Launch configurations take no key of their own: theirs is the account's.
keyless := {"aws_launch_configuration"}

default default_key_is_own := false

default_key_is_own if {
	r := input.terraform.aws_ebs_default_kms_key[_]
	aws_keys.own_key(r, ["key_arn"], r.config.key_arn)
}

default_key_unclear if {
	r := input.terraform.aws_ebs_default_kms_key[_]
	not aws_keys.own_key(r, ["key_arn"], r.config.key_arn)
	lib.is_unknown(r.config.key_arn)
}

# Volumes of a resource that say they are encrypted: {path, key}.
volumes(r, shapes) := [{"path": array.concat(at, ["kms_key_id"]), "key": object.get(volume, "kms_key_id", null)} |
	found := blocks.settings(r.config, array.concat(shapes[_], ["encrypted"]))[_]
	lib.truthy(found.value)
	at := array.slice(found.path, 0, count(found.path) - 1)
	volume := volume_at(r.config, at)
	not lib.present(volume, "snapshot_id")
]

volume_at(config, at) := config if count(at) == 0

volume_at(config, at) := object.get(config, at, {}) if count(at) > 0

holders contains {"r": r, "volumes": found} if {
	some type, shapes in places
	not type in keyless
	r := input.terraform[type][_]
	found := volumes(r, shapes)
	count(found) > 0
}

applies contains holder.r.id if some holder in holders

without_key(holder) := [volume | some volume in holder.volumes; not aws_keys.own_key(holder.r, volume.path, volume.key)]

deny contains {"subject": holder.r.id, "path": path, "msg": msg} if {
	not default_key_is_own
	not default_key_unclear
	some holder in holders
	path := without_key(holder)[0].path
	msg := sprintf("a volume of `%s` is encrypted with a key of AWS's own, over whose use nobody here decides; name a KMS key of yours in kms_key_id, or in aws_ebs_default_kms_key", [holder.r.name])
}

unknown contains {"subject": holder.r.id, "reason": "the account's default key is known only at apply"} if {
	default_key_unclear
	some holder in holders
	count(without_key(holder)) > 0
}

# Encrypted by default, with which key?
applies contains r.id if {
	r := input.terraform.aws_ebs_encryption_by_default[_]
	lib.truthy(object.get(r.config, "enabled", true))
}

deny contains {"subject": r.id, "path": ["enabled"], "msg": msg} if {
	r := input.terraform.aws_ebs_encryption_by_default[_]
	lib.truthy(object.get(r.config, "enabled", true))
	not default_key_is_own
	not default_key_unclear
	input.unit.alone
	msg := "volumes of this region are encrypted with aws/ebs, over whose use nobody here decides; name a KMS key of yours in aws_ebs_default_kms_key"
}

unknown contains {"subject": r.id, "reason": "the default key is known only at apply, or set elsewhere"} if {
	r := input.terraform.aws_ebs_encryption_by_default[_]
	lib.truthy(object.get(r.config, "enabled", true))
	not default_key_is_own
	elsewhere
}

elsewhere if default_key_unclear

elsewhere if not input.unit.alone
