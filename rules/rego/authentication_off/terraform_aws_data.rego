# METADATA
# title: A store or a source in AWS lets clients in without authentication
# custom:
#   severity: medium
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_datasync_location_hdfs
#       - aws_dms_endpoint
#       - aws_msk_configuration
#       - aws_neptune_cluster
#       - aws_storagegateway_smb_file_share
package paylint.rules.authentication_off.terraform_aws_data

import data.paylint.blocks
import data.paylint.lib

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is open and what to write.
table := {
	"aws_datasync_location_hdfs": [{"at": ["authentication_type"], "bad": {"simple"}, "say": "believes whoever names a user of the cluster; set authentication_type = \"KERBEROS\""}],
	"aws_dms_endpoint": [{"at": ["redis_settings", "*", "auth_type"], "bad": {"none"}, "say": "writes to a Redis that asks for no password; set auth_type = \"auth-token\" or \"auth-role\""}],
	# There are no users inside Neptune: without IAM, whoever reaches the port reads and writes.
	"aws_neptune_cluster": [{"at": ["iam_database_authentication_enabled"], "bad": {"", "false"}, "say": "asks clients for nothing; set iam_database_authentication_enabled = true"}],
	"aws_storagegateway_smb_file_share": [{"at": ["authentication"], "bad": {"guestaccess"}, "say": "takes everybody who knows one guest password, as the same user; set authentication = \"ActiveDirectory\""}],
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

# The brokers' own settings are a text of lines.
everyone := `(?m)^[ \t]*allow\.everyone\.if\.no\.acl\.found[ \t]*=[ \t]*true[ \t\r]*$`

applies contains r.id if {
	r := input.terraform.aws_msk_configuration[_]
	lib.text(r.config.server_properties) != ""
}

deny contains {"subject": r.id, "path": ["server_properties"], "msg": msg} if {
	r := input.terraform.aws_msk_configuration[_]
	regex.match(everyone, lib.text(r.config.server_properties))
	msg := sprintf("`%s` lets every client read and write topics that no ACL names; set allow.everyone.if.no.acl.found=false and name who may", [r.name])
}
