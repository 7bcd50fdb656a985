# METADATA
# title: An AWS service or trail records little of what is done with it
# custom:
#   severity: medium
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_appsync_graphql_api
#       - aws_cloudtrail
#       - aws_cloudtrail_event_data_store
#       - aws_config_configuration_recorder
#       - aws_connect_instance
#       - aws_datasync_task
#       - aws_flow_log
#       - aws_guardduty_detector
#       - aws_guardduty_detector_feature
#       - aws_iot_logging_options
#       - aws_mskconnect_connector
#       - aws_pipes_pipe
#       - aws_storagegateway_file_system_association
#       - aws_verifiedaccess_instance_logging_configuration
package paylint.rules.audit_logging_off.terraform_aws_switches

import data.paylint.blocks
import data.paylint.lib

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `but`: where it says the same; `say`: what is not recorded.
table := {
	"aws_appsync_graphql_api": [{"at": ["log_config", "*", "field_log_level"], "bad": {"none"}, "say": "logs no requests; set field_log_level = \"ERROR\" or \"ALL\""}],
	"aws_cloudtrail_event_data_store": [
		{"at": ["multi_region_enabled"], "bad": {"false"}, "say": "records one region only; leave multi_region_enabled = true"},
		{"at": ["suspend"], "bad": {"true"}, "say": "takes no events; take suspend out"},
	],
	"aws_connect_instance": [{"at": ["contact_flow_logs_enabled"], "bad": {"", "false"}, "say": "keeps no log of what happened in calls and chats; set contact_flow_logs_enabled = true"}],
	"aws_datasync_task": [
		{"at": ["cloudwatch_log_group_arn"], "bad": {""}, "but": ["options", "*", "log_level"], "say": "does not log which files it copies; name a log group in cloudwatch_log_group_arn and set options.log_level"},
		{"at": ["options", "*", "log_level"], "bad": {"off"}, "say": "does not log which files it copies; set log_level = \"BASIC\" or \"TRANSFER\""},
	],
	"aws_guardduty_detector": [
		{"at": ["datasources", "*", "s3_logs", "*", "enable"], "bad": {"false"}, "say": "does not watch what is done with objects in S3; set s3_logs.enable = true"},
		{"at": ["datasources", "*", "kubernetes", "*", "audit_logs", "*", "enable"], "bad": {"false"}, "say": "does not watch the audit logs of clusters; set audit_logs.enable = true"},
	],
	"aws_iot_logging_options": [
		{"at": ["default_log_level"], "bad": {"disabled"}, "say": "logs nothing of what devices do; set default_log_level = \"INFO\""},
		{"at": ["disable_all_logs"], "bad": {"true"}, "say": "logs nothing of what devices do; set disable_all_logs = false"},
	],
	"aws_mskconnect_connector": [{"at": ["log_delivery"], "bad": {""}, "say": "keeps no log of its workers; add log_delivery"}],
	"aws_pipes_pipe": [{"at": ["log_configuration", "*", "level"], "bad": {"off"}, "say": "is told to log nothing; set level = \"ERROR\" or \"INFO\""}],
	"aws_storagegateway_file_system_association": [{"at": ["audit_destination_arn"], "bad": {""}, "say": "keeps no log of who used its files; name a log group in audit_destination_arn"}],
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
	not said(r, setting)
	msg := sprintf("`%s` %s", [r.name, setting.say])
}

# What is switched off in so many words is told there.
said(r, setting) if count(blocks.bad(r.config, setting.but, {"off"})) > 0

watched := {"S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS"}

applies contains r.id if {
	r := input.terraform.aws_guardduty_detector_feature[_]
	r.config.name in watched
}

deny contains {"subject": r.id, "path": ["status"], "msg": msg} if {
	r := input.terraform.aws_guardduty_detector_feature[_]
	r.id in applies
	count(blocks.bad(r.config, ["status"], {"disabled"})) > 0
	msg := sprintf("`%s` switches off that %v are watched; set status = \"ENABLED\"", [r.name, r.config.name])
}

applies contains r.id if r := input.terraform.aws_flow_log[_]

deny contains {"subject": r.id, "path": ["traffic_type"], "msg": msg, "severity": "low"} if {
	r := input.terraform.aws_flow_log[_]
	found := blocks.bad(r.config, ["traffic_type"], {"accept", "reject"})[_]
	msg := sprintf("flow log `%s` leaves out half of the traffic (it records %v); set traffic_type = \"ALL\"", [r.name, found.value])
}

# All but some kinds of resource is as good as all.
recorders contains r if {
	r := input.terraform.aws_config_configuration_recorder[_]
	not lib.present(object.get(r.config, ["recording_group", 0], {}), "exclusion_by_resource_types")
}

applies contains r.id if some r in recorders

deny contains {"subject": r.id, "path": found.path, "msg": msg, "severity": "low"} if {
	some r in recorders
	found := blocks.bad(r.config, ["recording_group", "*", "all_supported"], {"false"})[_]
	msg := sprintf("`%s` records changes of some kinds of resource only; set all_supported = true", [r.name])
}

# Any of three places may take these logs.
access_logs contains r if r := input.terraform.aws_verifiedaccess_instance_logging_configuration[_]

applies contains r.id if some r in access_logs

switched(r) := [found | found := blocks.settings(r.config, ["access_logs", "*", ["cloudwatch_logs", "kinesis_data_firehose", "s3"][_], "*", "enabled"])[_]]

deny contains {"subject": r.id, "path": ["access_logs"], "msg": msg} if {
	some r in access_logs
	count([1 | some found in switched(r); not lib.falsy(found.value)]) == 0
	msg := sprintf("`%s` keeps no log of who got in; enable one of cloudwatch_logs, s3 and kinesis_data_firehose", [r.name])
}

# --- what a trail's selectors leave out ---

# Selectors of what is done to the account itself; data of single services may be selected besides.
selectors(r) := [{"i": i, "selector": selector} |
	selector := r.config.event_selector[i]
	is_object(selector)
	not lib.falsy(object.get(selector, "include_management_events", true))
]

trails contains r if {
	r := input.terraform.aws_cloudtrail[_]
	count(selectors(r)) > 0
}

applies contains r.id if some r in trails

# One selector that takes all, or two that take a half each.
whole(r) if {
	some chosen in selectors(r)
	not lower(lib.text(chosen.selector.read_write_type)) in {"readonly", "writeonly"}
}

whole(r) if count({half | some chosen in selectors(r); half := lower(lib.text(chosen.selector.read_write_type))}) > 1

deny contains {"subject": r.id, "path": ["event_selector", chosen.i, "read_write_type"], "msg": msg} if {
	some r in trails
	not whole(r)
	some chosen in selectors(r)
	msg := sprintf("trail `%s` leaves out half of what is done in the account (%v); set read_write_type = \"All\"", [r.name, chosen.selector.read_write_type])
}

deny contains {"subject": r.id, "path": ["event_selector", chosen.i, "exclude_management_event_sources"], "msg": msg, "severity": "low"} if {
	some r in trails
	some chosen in selectors(r)
	"kms.amazonaws.com" in lib.as_array(chosen.selector.exclude_management_event_sources)
	msg := sprintf("trail `%s` leaves out who used which key; take kms.amazonaws.com out of exclude_management_event_sources", [r.name])
}

unknown contains {"subject": r.id, "reason": "what it records is known only at apply"} if {
	some r in trails
	some chosen in selectors(r)
	some key in ["read_write_type", "exclude_management_event_sources"]
	lib.has_unknown(object.get(chosen.selector, key, null))
}
