# METADATA
# title: A volume of an EC2 instance is not encrypted at rest
# custom:
#   confidence: medium
#   applies_to: {terraform: [aws_instance, aws_launch_template, aws_launch_configuration]}
package paylint.rules.storage_unencrypted.terraform_aws_volumes

import data.paylint.lib

# Whether a volume nobody describes is encrypted is a setting of the account and the region.
blocks := {"aws_instance": ["root_block_device", "ebs_block_device"], "aws_launch_configuration": ["root_block_device", "ebs_block_device"]}

volumes contains {"subject": r.id, "name": r.name, "path": [block, i], "value": r.config[block][i]} if {
	some type, names in blocks
	some block in names
	r := input.terraform[type][_]
	r.config[block][i]
}

volumes contains {"subject": r.id, "name": r.name, "path": ["block_device_mappings", i, "ebs", j], "value": r.config.block_device_mappings[i].ebs[j]} if {
	r := input.terraform.aws_launch_template[_]
	r.config.block_device_mappings[i].ebs[j]
}

default account_encrypts := false

account_encrypts if {
	r := input.terraform.aws_ebs_encryption_by_default[_]
	not lib.falsy(r.config.enabled)
}

applies contains volume.subject if some volume in volumes

deny contains {"subject": volume.subject, "path": array.concat(volume.path, ["encrypted"]), "msg": msg} if {
	some volume in volumes
	not account_encrypts
	not lib.present(volume.value, "snapshot_id")
	not lib.truthy(object.get(volume.value, "encrypted", null))
	msg := sprintf("a volume of `%s` is not encrypted at rest; set encrypted = true", [volume.name])
}
