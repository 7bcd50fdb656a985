# METADATA
# title: A service that moves data in AWS sends it in plain text
# custom:
#   severity: high
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_datasync_location_hdfs
#       - aws_storagegateway_gateway
package paylint.rules.cleartext_transport.terraform_aws_data

import data.paylint.blocks

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is open and what to write.
table := {
	# On where the block is left out.
	"aws_datasync_location_hdfs": [
		{"at": ["qop_configuration", "*", "data_transfer_protection"], "bad": {"disabled", "authentication", "integrity"}, "say": "copies blocks unencrypted; set data_transfer_protection = \"PRIVACY\""},
		{"at": ["qop_configuration", "*", "rpc_protection"], "bad": {"disabled", "authentication", "integrity"}, "say": "talks to the name node unencrypted; set rpc_protection = \"PRIVACY\""},
	],
	"aws_storagegateway_gateway": [{"at": ["smb_security_strategy"], "bad": {"clientspecified", "mandatorysigning"}, "say": "lets clients read and write files unencrypted; set smb_security_strategy = \"MandatoryEncryption\""}],
}

applies contains r.id if {
	some type, settings in table
	r := input.terraform[type][_]
	count(blocks.settings(r.config, settings[_].at)) > 0
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.terraform[type][_]
	setting := settings[_]
	found := blocks.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}
