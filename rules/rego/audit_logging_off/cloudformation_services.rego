# METADATA
# title: A managed AWS service keeps no log of what is done with it
# custom:
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::StepFunctions::StateMachine
#       - AWS::Serverless::StateMachine
#       - AWS::AppSync::GraphQLApi
#       - AWS::FSx::FileSystem
#       - AWS::GuardDuty::Detector
#       - AWS::EC2::ClientVpnEndpoint
#       - AWS::ECS::Cluster
#       - AWS::Transfer::Server
#       - AWS::CodeBuild::Project
#       - AWS::ElasticBeanstalk::Environment
#       - AWS::ElasticBeanstalk::ConfigurationTemplate
#       - AWS::CloudTrail::Trail
package paylint.rules.audit_logging_off.cloudformation_services

import data.paylint.cfn
import data.paylint.lib

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is not recorded.
table := {
	"AWS::StepFunctions::StateMachine": [{"at": ["LoggingConfiguration", "Level"], "bad": {"", "off"}, "say": "keeps no log of its executions; set LoggingConfiguration.Level"}],
	"AWS::Serverless::StateMachine": [{"at": ["Logging", "Level"], "bad": {"", "off"}, "say": "keeps no log of its executions; set Logging.Level"}],
	"AWS::AppSync::GraphQLApi": [{"at": ["LogConfig", "FieldLogLevel"], "bad": {"", "none"}, "say": "keeps no log of who used it; set LogConfig.FieldLogLevel"}],
	"AWS::GuardDuty::Detector": [{"at": ["Enable"], "bad": {"false"}, "say": "is switched off; set Enable: true"}],
	"AWS::EC2::ClientVpnEndpoint": [{"at": ["ConnectionLogOptions", "Enabled"], "bad": {"false"}, "say": "does not log who connects; set ConnectionLogOptions.Enabled: true"}],
	"AWS::ECS::Cluster": [{"at": ["Configuration", "ExecuteCommandConfiguration", "Logging"], "bad": {"none"}, "say": "does not log commands that are run in its containers; set Logging: DEFAULT or OVERRIDE"}],
}

applies contains r.id if {
	some type, _ in table
	r := input.cloudformation[type][_]
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	found := cfn.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# File systems for Windows.
applies contains r.id if {
	r := input.cloudformation["AWS::FSx::FileSystem"][_]
	r.config.FileSystemType == "WINDOWS"
}

file_audit := ["WindowsConfiguration", "AuditLogConfiguration", "FileAccessAuditLogLevel"]

deny contains {"subject": r.id, "path": file_audit, "msg": msg} if {
	r := input.cloudformation["AWS::FSx::FileSystem"][_]
	r.id in applies
	count(cfn.bad(r.config, file_audit, {"", "disabled"})) > 0
	msg := sprintf("`%s` keeps no log of who used its files; set FileAccessAuditLogLevel", [r.name])
}

# Either of two properties names where the log goes.
applies contains r.id if some r in cfn.all(["AWS::Transfer::Server"])

deny contains {"subject": r.id, "path": ["StructuredLogDestinations"], "msg": msg} if {
	r := input.cloudformation["AWS::Transfer::Server"][_]
	not lib.present(r.config, "LoggingRole")
	object.get(r.config, "StructuredLogDestinations", []) in [null, []]
	msg := sprintf("server `%s` does not log who moved which file; name a log group in StructuredLogDestinations", [r.name])
}

# Builds log to CloudWatch unless told otherwise.
applies contains r.id if some r in cfn.all(["AWS::CodeBuild::Project"])

build_logs := ["LogsConfig", "CloudWatchLogs", "Status"]

deny contains {"subject": r.id, "path": build_logs, "msg": msg} if {
	r := input.cloudformation["AWS::CodeBuild::Project"][_]
	count(cfn.bad(r.config, build_logs, {"disabled"})) > 0
	not upper(lib.text(object.get(r.config, ["LogsConfig", "S3Logs", "Status"], ""))) == "ENABLED"
	msg := sprintf("builds of `%s` are not logged anywhere; enable CloudWatchLogs or S3Logs", [r.name])
}

streaming contains entry if {
	some r in cfn.all(["AWS::ElasticBeanstalk::Environment", "AWS::ElasticBeanstalk::ConfigurationTemplate"])
	setting := r.config.OptionSettings[i]
	setting.Namespace == "aws:elasticbeanstalk:cloudwatch:logs"
	setting.OptionName == "StreamLogs"
	entry := {"r": r, "i": i, "value": setting.Value}
}

applies contains found.r.id if some found in streaming

deny contains {"subject": found.r.id, "path": ["OptionSettings", found.i, "Value"], "msg": msg} if {
	some found in streaming
	lib.falsy(found.value)
	msg := sprintf("the logs of `%s` stay on machines that come and go; set StreamLogs to true", [found.r.name])
}

unknown contains {"subject": found.r.id, "reason": "whether its logs are kept is known only at deployment"} if {
	some found in streaming
	lib.is_unknown(found.value)
}

# One trail may record data only where another records who manages what.
trails contains r if {
	r := input.cloudformation["AWS::CloudTrail::Trail"][_]
	is_array(r.config.EventSelectors)
	count(r.config.EventSelectors) > 0
}

applies contains r.id if some r in trails

deny contains {"subject": r.id, "path": ["EventSelectors", 0, "IncludeManagementEvents"], "msg": msg} if {
	count(input.cloudformation["AWS::CloudTrail::Trail"]) == 1
	input.unit.alone
	some r in trails
	not records_management(r)
	msg := sprintf("trail `%s` leaves out who changed what in the account; set IncludeManagementEvents: true", [r.name])
}

# On where nothing is written; what is not known may be on.
records_management(r) if {
	selector := r.config.EventSelectors[_]
	is_object(selector)
	not lib.falsy(object.get(selector, "IncludeManagementEvents", true))
}

unknown contains {"subject": r.id, "reason": "what it records is known only at deployment"} if {
	some r in trails
	cfn.unclear(r.config, [["EventSelectors", "*", "IncludeManagementEvents"]])
}
