# METADATA
# title: A volume of an EC2 instance is not encrypted at rest
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_instance
#       - aws_launch_template
#       - aws_launch_configuration
#       - aws_spot_instance_request
#       - aws_spot_fleet_request
#       - aws_ami
#       - aws_imagebuilder_image_recipe
#       - aws_imagebuilder_container_recipe
package paylint.rules.storage_unencrypted.terraform_aws_volumes

import data.paylint.blocks
import data.paylint.lib

# Whether a volume nobody describes is encrypted is a setting of the account and the region.
places := {
	"aws_instance": [["root_block_device", "*"], ["ebs_block_device", "*"]],
	"aws_launch_configuration": [["root_block_device", "*"], ["ebs_block_device", "*"]],
	"aws_spot_instance_request": [["root_block_device", "*"], ["ebs_block_device", "*"]],
	"aws_spot_fleet_request": [["launch_specification", "*", "root_block_device", "*"], ["launch_specification", "*", "ebs_block_device", "*"]],
	"aws_launch_template": [["block_device_mappings", "*", "ebs", "*"]],
	"aws_ami": [["ebs_block_device", "*"]],
	"aws_imagebuilder_image_recipe": [["block_device_mapping", "*", "ebs", "*"]],
	"aws_imagebuilder_container_recipe": [["instance_configuration", "*", "block_device_mapping", "*", "ebs", "*"]],
}

volumes contains {"subject": r.id, "name": r.name, "path": found.path, "encrypted": found.value} if {
	some type, shapes in places
	r := input.terraform[type][_]
	found := blocks.settings(r.config, array.concat(shapes[_], ["encrypted"]))[_]
	not from_snapshot(r.config, found.path)
}

# A volume made of a snapshot is encrypted as that is, and may not say otherwise.
from_snapshot(config, path) if {
	volume := object.get(config, array.slice(path, 0, count(path) - 1), {})
	lib.present(volume, "snapshot_id")
}

default account_encrypts := false

account_encrypts if {
	r := input.terraform.aws_ebs_encryption_by_default[_]
	not lib.falsy(r.config.enabled)
}

applies contains volume.subject if some volume in volumes

deny contains {"subject": volume.subject, "path": volume.path, "msg": msg} if {
	some volume in volumes
	not account_encrypts
	not lib.truthy(volume.encrypted)
	msg := sprintf("a volume of `%s` is not encrypted at rest; set encrypted = true", [volume.name])
}
