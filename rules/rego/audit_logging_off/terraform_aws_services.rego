# METADATA
# title: A managed AWS service keeps no log of what is done with it
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_sfn_state_machine
#       - aws_appsync_graphql_api
#       - aws_waf_web_acl
#       - aws_wafregional_web_acl
#       - aws_globalaccelerator_accelerator
#       - aws_globalaccelerator_custom_routing_accelerator
#       - aws_fsx_windows_file_system
#       - aws_storagegateway_smb_file_share
#       - aws_storagegateway_nfs_file_share
#       - aws_guardduty_detector
#       - aws_config_configuration_recorder_status
#       - aws_ec2_client_vpn_endpoint
#       - aws_ecs_cluster
#       - aws_transfer_server
#       - aws_codebuild_project
#       - aws_elastic_beanstalk_environment
#       - aws_cloudtrail
#   reads: [[event_selector, include_management_events]]
package paylint.rules.audit_logging_off.terraform_aws_services

import data.paylint.lib

# Off where nothing is written.
off_by_default := {
	"aws_sfn_state_machine": ["logging_configuration", 0, "level"],
	"aws_appsync_graphql_api": ["log_config"],
	"aws_waf_web_acl": ["logging_configuration"],
	"aws_wafregional_web_acl": ["logging_configuration"],
	"aws_globalaccelerator_accelerator": ["attributes", 0, "flow_logs_enabled"],
	"aws_globalaccelerator_custom_routing_accelerator": ["attributes", 0, "flow_logs_enabled"],
	"aws_fsx_windows_file_system": ["audit_log_configuration", 0, "file_access_audit_log_level"],
	"aws_storagegateway_smb_file_share": ["audit_destination_arn"],
	"aws_storagegateway_nfs_file_share": ["audit_destination_arn"],
}

# Off only where that is written.
on_by_default := {
	"aws_guardduty_detector": ["enable"],
	"aws_config_configuration_recorder_status": ["is_enabled"],
	"aws_ec2_client_vpn_endpoint": ["connection_log_options", 0, "enabled"],
	"aws_ecs_cluster": ["configuration", 0, "execute_command_configuration", 0, "logging"],
}

is_off(value) if lib.falsy(value)

is_off(value) if lower(lib.text(value)) in {"off", "none", "disabled", ""}

is_off_or_missing(value) if is_off(value)

is_off_or_missing(value) if is_null(value)

applies contains r.id if {
	some table in [off_by_default, on_by_default]
	some type, _ in table
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": path, "msg": msg} if {
	some type, path in off_by_default
	r := input.terraform[type][_]
	is_off_or_missing(object.get(r.config, path, null))
	msg := sprintf("`%s` keeps no log of who used it; set %s", [r.name, argument(path)])
}

deny contains {"subject": r.id, "path": path, "msg": msg} if {
	some type, path in on_by_default
	r := input.terraform[type][_]
	is_off(object.get(r.config, path, "on"))
	msg := sprintf("%s of `%s` is switched off: what is done there is not recorded; switch it on", [argument(path), r.name])
}

unknown contains {"subject": r.id, "reason": "whether it keeps a log is known only at apply"} if {
	some table in [off_by_default, on_by_default]
	some type, path in table
	r := input.terraform[type][_]
	lib.has_unknown(object.get(r.config, path, null))
}

unknown contains {"subject": r.id, "reason": "whether it keeps a log is known only at apply"} if {
	some table in [off_by_default, on_by_default]
	some type, path in table
	r := input.terraform[type][_]
	lib.is_unknown(r.config[path[0]])
}

unknown contains {"subject": r.id, "reason": "whether it keeps a log is known only at apply"} if {
	some table in [off_by_default, on_by_default]
	some type, path in table
	r := input.terraform[type][_]
	lib.is_unknown(r.config[path[0]][_])
}

argument(path) := concat(".", [part | some part in path; is_string(part)])

# Either of two arguments names where the log goes.
applies contains r.id if r := input.terraform.aws_transfer_server[_]

deny contains {"subject": r.id, "path": ["logging_role"], "msg": msg} if {
	r := input.terraform.aws_transfer_server[_]
	not lib.present(r.config, "logging_role")
	not lib.present(r.config, "structured_log_destinations")
	msg := sprintf("server `%s` does not log who moved which file; set structured_log_destinations, or logging_role", [r.name])
}

deny contains {"subject": r.id, "path": ["structured_log_destinations"], "msg": msg} if {
	r := input.terraform.aws_transfer_server[_]
	not lib.present(r.config, "logging_role")
	r.config.structured_log_destinations == []
	msg := sprintf("server `%s` does not log who moved which file; name a log group in structured_log_destinations", [r.name])
}

# Builds log to CloudWatch unless told otherwise.
applies contains r.id if r := input.terraform.aws_codebuild_project[_]

build_logs := ["logs_config", 0, "cloudwatch_logs", 0, "status"]

deny contains {"subject": r.id, "path": build_logs, "msg": msg} if {
	r := input.terraform.aws_codebuild_project[_]
	upper(lib.text(object.get(r.config, build_logs, "ENABLED"))) == "DISABLED"
	not to_bucket(r)
	msg := sprintf("builds of `%s` are not logged anywhere; enable cloudwatch_logs or s3_logs", [r.name])
}

to_bucket(r) if {
	status := r.config.logs_config[_].s3_logs[_].status
	not upper(lib.text(status)) == "DISABLED"
}

streaming contains {"r": r, "i": i, "value": object.get(setting, "value", null)} if {
	r := input.terraform.aws_elastic_beanstalk_environment[_]
	setting := r.config.setting[i]
	is_object(setting)
	setting.namespace == "aws:elasticbeanstalk:cloudwatch:logs"
	setting.name == "StreamLogs"
}

applies contains found.r.id if some found in streaming

deny contains {"subject": found.r.id, "path": ["setting", found.i, "value"], "msg": msg} if {
	some found in streaming
	lib.falsy(found.value)
	msg := sprintf("the logs of `%s` stay on machines that come and go; set StreamLogs to true", [found.r.name])
}

unknown contains {"subject": found.r.id, "reason": "whether its logs are kept is known only at apply"} if {
	some found in streaming
	lib.is_unknown(found.value)
}

# One trail may record data only where another records who manages what.
applies contains r.id if {
	r := input.terraform.aws_cloudtrail[_]
	lib.present(r.config, "event_selector")
}

deny contains {"subject": r.id, "path": ["event_selector", 0, "include_management_events"], "msg": msg} if {
	count(input.terraform.aws_cloudtrail) == 1
	input.unit.alone
	r := input.terraform.aws_cloudtrail[_]
	lib.present(r.config, "event_selector")
	not records_management(r)
	msg := sprintf("trail `%s` leaves out who changed what in the account; set include_management_events = true", [r.name])
}

# On where nothing is written.
records_management(r) if {
	selector := r.config.event_selector[_]
	is_object(selector)
	not lib.falsy(object.get(selector, "include_management_events", true))
}
