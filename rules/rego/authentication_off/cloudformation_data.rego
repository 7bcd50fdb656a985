# METADATA
# title: A store or a source in AWS lets clients in without authentication
# custom:
#   severity: medium
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::DMS::Endpoint
#       - AWS::DataSync::LocationHDFS
#       - AWS::Neptune::DBCluster
package paylint.rules.authentication_off.cloudformation_data

import data.paylint.cfn

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is open and what to write.
table := {
	"AWS::DataSync::LocationHDFS": [{"at": ["AuthenticationType"], "bad": {"simple"}, "say": "believes whoever names a user of the cluster; set AuthenticationType: KERBEROS"}],
	"AWS::DMS::Endpoint": [{"at": ["RedisSettings", "AuthType"], "bad": {"none"}, "say": "writes to a Redis that asks for no password; set AuthType: auth-token or auth-role"}],
	# There are no users inside Neptune: without IAM, whoever reaches the port reads and writes.
	"AWS::Neptune::DBCluster": [{"at": ["IamAuthEnabled"], "bad": {"", "false"}, "say": "asks clients for nothing; set IamAuthEnabled: true"}],
}

applies contains r.id if {
	some type, settings in table
	r := input.cloudformation[type][_]
	count(cfn.settings(r.config, settings[_].at)) > 0
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	found := cfn.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}
