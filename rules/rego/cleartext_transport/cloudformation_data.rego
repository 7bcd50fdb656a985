# METADATA
# title: A service that moves or works on data in AWS sends it in plain text
# custom:
#   severity: high
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::DataSync::LocationHDFS
#       - AWS::SageMaker::DataQualityJobDefinition
#       - AWS::SageMaker::ModelBiasJobDefinition
#       - AWS::SageMaker::ModelExplainabilityJobDefinition
#       - AWS::SageMaker::ModelQualityJobDefinition
#       - AWS::SageMaker::MonitoringSchedule
package paylint.rules.cleartext_transport.cloudformation_data

import data.paylint.cfn

containers := [{"at": ["NetworkConfig", "EnableInterContainerTrafficEncryption"], "bad": {"false"}, "say": "lets its containers exchange data in plain text; set EnableInterContainerTrafficEncryption: true"}]

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is open and what to write.
table := {
	# On where it is left out.
	"AWS::DataSync::LocationHDFS": [
		{"at": ["QopConfiguration", "DataTransferProtection"], "bad": {"disabled", "authentication", "integrity"}, "say": "copies blocks unencrypted; set DataTransferProtection: PRIVACY"},
		{"at": ["QopConfiguration", "RpcProtection"], "bad": {"disabled", "authentication", "integrity"}, "say": "talks to the name node unencrypted; set RpcProtection: PRIVACY"},
	],
	"AWS::SageMaker::DataQualityJobDefinition": containers,
	"AWS::SageMaker::ModelBiasJobDefinition": containers,
	"AWS::SageMaker::ModelExplainabilityJobDefinition": containers,
	"AWS::SageMaker::ModelQualityJobDefinition": containers,
	"AWS::SageMaker::MonitoringSchedule": [{"at": ["MonitoringScheduleConfig", "MonitoringJobDefinition", "NetworkConfig", "EnableInterContainerTrafficEncryption"], "bad": {"false"}, "say": "lets its containers exchange data in plain text; set EnableInterContainerTrafficEncryption: true"}],
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
