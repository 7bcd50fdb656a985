# METADATA
# title: An AWS service, job or trail records little of what is done with it
# custom:
#   severity: medium
#   confidence: medium
#   applies_to:
#     cloudformation:
#       - AWS::CloudTrail::EventDataStore
#       - AWS::CloudTrail::Trail
#       - AWS::Config::ConfigurationRecorder
#       - AWS::Connect::Instance
#       - AWS::DataSync::Task
#       - AWS::DMS::ReplicationConfig
#       - AWS::DMS::ReplicationTask
#       - AWS::EC2::FlowLog
#       - AWS::EMR::Cluster
#       - AWS::GuardDuty::Detector
#       - AWS::IoT::Logging
#       - AWS::KafkaConnect::Connector
#       - AWS::Pipes::Pipe
#       - AWS::SSM::Document
package paylint.rules.audit_logging_off.cloudformation_switches

import data.paylint.cfn
import data.paylint.lib

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `but`: where it says the same; `say`: what is not recorded.
table := {
	"AWS::CloudTrail::EventDataStore": [
		{"at": ["MultiRegionEnabled"], "bad": {"false"}, "say": "records one region only; leave MultiRegionEnabled: true"},
		{"at": ["IngestionEnabled"], "bad": {"false"}, "say": "takes no events; leave IngestionEnabled: true"},
	],
	"AWS::Connect::Instance": [{"at": ["Attributes", "ContactflowLogs"], "bad": {"", "false"}, "say": "keeps no log of what happened in calls and chats; set Attributes.ContactflowLogs: true"}],
	"AWS::DataSync::Task": [
		{"at": ["CloudWatchLogGroupArn"], "bad": {""}, "but": ["Options", "LogLevel"], "say": "does not log which files it copies; name a log group in CloudWatchLogGroupArn and set Options.LogLevel"},
		{"at": ["Options", "LogLevel"], "bad": {"off"}, "say": "does not log which files it copies; set LogLevel: BASIC or TRANSFER"},
	],
	"AWS::EMR::Cluster": [{"at": ["LogUri"], "bad": {""}, "say": "loses its logs with its machines; set LogUri to a bucket"}],
	"AWS::GuardDuty::Detector": [
		{"at": ["DataSources", "S3Logs", "Enable"], "bad": {"false"}, "say": "does not watch what is done with objects in S3; set S3Logs.Enable: true"},
		{"at": ["DataSources", "Kubernetes", "AuditLogs", "Enable"], "bad": {"false"}, "say": "does not watch the audit logs of clusters; set AuditLogs.Enable: true"},
	],
	"AWS::IoT::Logging": [{"at": ["DefaultLogLevel"], "bad": {"disabled"}, "say": "logs nothing of what devices do; set DefaultLogLevel: INFO"}],
	"AWS::KafkaConnect::Connector": [{"at": ["LogDelivery", "WorkerLogDelivery"], "bad": {""}, "say": "keeps no log of its workers; add LogDelivery"}],
	"AWS::Pipes::Pipe": [{"at": ["LogConfiguration", "Level"], "bad": {"off"}, "say": "is told to log nothing; set Level: ERROR or INFO"}],
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
	not said(r, setting)
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# What is switched off in so many words is told there.
said(r, setting) if count(cfn.bad(r.config, setting.but, {"off"})) > 0

watched := {"S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS"}

deny contains {"subject": r.id, "path": ["Features", i, "Status"], "msg": msg} if {
	r := input.cloudformation["AWS::GuardDuty::Detector"][_]
	feature := r.config.Features[i]
	feature.Name in watched
	lower(lib.text(feature.Status)) == "disabled"
	msg := sprintf("`%s` switches off that %v are watched; set Status: ENABLED", [r.name, feature.Name])
}

applies contains r.id if some r in cfn.all(["AWS::EC2::FlowLog"])

deny contains {"subject": r.id, "path": ["TrafficType"], "msg": msg, "severity": "low"} if {
	r := input.cloudformation["AWS::EC2::FlowLog"][_]
	found := cfn.bad(r.config, ["TrafficType"], {"accept", "reject"})[_]
	msg := sprintf("flow log `%s` leaves out half of the traffic (it records %v); set TrafficType: ALL", [r.name, found.value])
}

# All but some kinds of resource is as good as all.
recorders contains r if {
	some r in cfn.all(["AWS::Config::ConfigurationRecorder"])
	not lib.present(object.get(r.config, "RecordingGroup", {}), "ExclusionByResourceTypes")
}

applies contains r.id if some r in recorders

deny contains {"subject": r.id, "path": found.path, "msg": msg, "severity": "low"} if {
	some r in recorders
	found := cfn.bad(r.config, ["RecordingGroup", "AllSupported"], {"false"})[_]
	msg := sprintf("`%s` records changes of some kinds of resource only; set AllSupported: true", [r.name])
}

# Off where nothing is written.
replications contains {"r": r, "key": key} if {
	some type, key in {"AWS::DMS::ReplicationTask": "ReplicationTaskSettings", "AWS::DMS::ReplicationConfig": "ReplicationSettings"}
	r := input.cloudformation[type][_]
}

applies contains found.r.id if some found in replications

deny contains {"subject": found.r.id, "path": setting.path, "msg": msg} if {
	some found in replications
	not is_string(object.get(found.r.config, found.key, null))
	setting := cfn.bad(found.r.config, [found.key, "Logging", "EnableLogging"], {"", "false"})[_]
	msg := sprintf("task `%s` keeps no log of the rows it moves; set Logging.EnableLogging to true in %s", [found.r.name, found.key])
}

unknown contains {"subject": found.r.id, "reason": "whether it logs is known only at deployment"} if {
	some found in replications
	cfn.unclear(found.r.config, [[found.key, "Logging", "EnableLogging"]])
}

# What people do on machines: Session Manager keeps it only where it is told where to.
sessions contains r if {
	some r in cfn.all(["AWS::SSM::Document"])
	r.config.DocumentType == "Session"
	is_object(r.config.Content.inputs)
	lib.known(r.config.Content.inputs)
	not r.config.Content.sessionType in {"Port", "InteractiveCommands", "NonInteractiveCommands"}
}

applies contains r.id if some r in sessions

deny contains {"subject": r.id, "path": ["Content", "inputs"], "msg": msg} if {
	some r in sessions
	count([key | some key in ["s3BucketName", "cloudWatchLogGroupName"]; not object.get(r.config.Content.inputs, key, null) in ["", null]]) == 0
	msg := sprintf("sessions of `%s` are not recorded; name cloudWatchLogGroupName or s3BucketName", [r.name])
}

# --- what a trail's selectors leave out ---

# Selectors of what is done to the account itself; data of single services may be selected besides.
selectors(r) := [{"i": i, "selector": selector} |
	selector := r.config.EventSelectors[i]
	is_object(selector)
	not lib.falsy(object.get(selector, "IncludeManagementEvents", true))
]

trails contains r if {
	some r in cfn.all(["AWS::CloudTrail::Trail"])
	count(selectors(r)) > 0
}

applies contains r.id if some r in trails

# One selector that takes all, or two that take a half each.
whole(r) if {
	some chosen in selectors(r)
	not lower(lib.text(chosen.selector.ReadWriteType)) in {"readonly", "writeonly"}
}

whole(r) if count({half | some chosen in selectors(r); half := lower(lib.text(chosen.selector.ReadWriteType))}) > 1

deny contains {"subject": r.id, "path": ["EventSelectors", chosen.i, "ReadWriteType"], "msg": msg} if {
	some r in trails
	not whole(r)
	some chosen in selectors(r)
	msg := sprintf("trail `%s` leaves out half of what is done in the account (%v); set ReadWriteType: All", [r.name, chosen.selector.ReadWriteType])
}

deny contains {"subject": r.id, "path": ["EventSelectors", chosen.i, "ExcludeManagementEventSources"], "msg": msg, "severity": "low"} if {
	some r in trails
	some chosen in selectors(r)
	"kms.amazonaws.com" in lib.as_array(chosen.selector.ExcludeManagementEventSources)
	msg := sprintf("trail `%s` leaves out who used which key; take kms.amazonaws.com out of ExcludeManagementEventSources", [r.name])
}

unknown contains {"subject": r.id, "reason": "what it records is known only at deployment"} if {
	some r in trails
	cfn.unclear(r.config, [["EventSelectors", "*", "ReadWriteType"], ["EventSelectors", "*", "ExcludeManagementEventSources", "*"]])
}
