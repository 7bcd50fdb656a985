# METADATA
# title: A store or a source in AWS lets clients in without authentication
# custom:
#   severity: medium
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::DMS::Endpoint
#       - AWS::DataSync::LocationHDFS
#       - AWS::MSK::Configuration
#       - AWS::Neptune::DBCluster
package paylint.rules.authentication_off.cloudformation_data

import data.paylint.cfn
import data.paylint.lib

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

# The brokers' own settings are a text of lines.
everyone := `(?m)^[ \t]*allow\.everyone\.if\.no\.acl\.found[ \t]*=[ \t]*true[ \t\r]*$`

applies contains r.id if {
	r := input.cloudformation["AWS::MSK::Configuration"][_]
	lib.text(r.config.ServerProperties) != ""
}

deny contains {"subject": r.id, "path": ["ServerProperties"], "msg": msg} if {
	r := input.cloudformation["AWS::MSK::Configuration"][_]
	regex.match(everyone, lib.text(r.config.ServerProperties))
	msg := sprintf("`%s` lets every client read and write topics that no ACL names; set allow.everyone.if.no.acl.found=false and name who may", [r.name])
}
