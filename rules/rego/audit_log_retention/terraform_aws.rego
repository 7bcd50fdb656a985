# METADATA
# title: A log is emptied before twelve months
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_cloudwatch_log_group
#       - aws_cloudtrail_event_data_store
#       - aws_config_retention_configuration
#       - aws_securitylake_data_lake
#       - aws_s3_bucket
#       - aws_s3_bucket_lifecycle_configuration
#   reads:
#     - [retention_in_days]
#     - [retention_period]
#     - [retention_period_in_days]
#     - [configuration, lifecycle_configuration, expiration, days]
package paylint.rules.audit_log_retention.terraform_aws

import data.paylint.lib

# Without a number: log groups keep for ever, the others for seven years.
retention_keys := {
	"aws_cloudwatch_log_group": "retention_in_days",
	"aws_cloudtrail_event_data_store": "retention_period",
	"aws_config_retention_configuration": "retention_period_in_days",
}

applies contains r.id if {
	some type, _ in retention_keys
	r := input.terraform[type][_]
}

# 0 is for ever.
deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, key in retention_keys
	r := input.terraform[type][_]
	days := lib.number(r.config[key])
	days > 0
	days < data.settings.audit_retention_days
	msg := sprintf("`%s` is emptied after %v days; audit logs are kept %v days", [r.name, days, data.settings.audit_retention_days])
}

applies contains r.id if r := input.terraform.aws_securitylake_data_lake[_]

deny contains {"subject": r.id, "path": path, "msg": msg} if {
	r := input.terraform.aws_securitylake_data_lake[_]
	days := lib.number(r.config.configuration[i].lifecycle_configuration[j].expiration[k].days)
	path := ["configuration", i, "lifecycle_configuration", j, "expiration", k, "days"]
	days < data.settings.audit_retention_days
	msg := sprintf("data lake `%s` deletes its logs after %v days; audit logs are kept %v days", [r.name, days, data.settings.audit_retention_days])
}

# Where others write their logs to a bucket.
log_targets := {
	"aws_cloudtrail": ["s3_bucket_name"],
	"aws_flow_log": ["log_destination"],
	"aws_config_delivery_channel": ["s3_bucket_name"],
	"aws_s3_bucket_logging": ["target_bucket"],
	"aws_s3_bucket": ["logging", 0, "target_bucket"],
	"aws_lb": ["access_logs", 0, "bucket"],
	"aws_alb": ["access_logs", 0, "bucket"],
	"aws_elb": ["access_logs", 0, "bucket"],
	"aws_cloudfront_distribution": ["logging_config", 0, "bucket"],
	"aws_redshift_logging": ["bucket_name"],
}

holds_logs(bucket) if {
	some type, path in log_targets
	writer := input.terraform[type][_]
	lib.refers(writer, path, bucket)
}

# One rule that deletes what lies in a bucket of logs: {subject, name, rule, path}.
deletions contains {"subject": r.id, "name": bucket.name, "rule": r.config.rule[i], "path": ["rule", i]} if {
	r := input.terraform.aws_s3_bucket_lifecycle_configuration[_]
	bucket := input.terraform.aws_s3_bucket[_]
	lib.refers(r, "bucket", bucket)
	holds_logs(bucket)
	upper(lib.text(r.config.rule[i].status)) == "ENABLED"
}

deletions contains {"subject": bucket.id, "name": bucket.name, "rule": bucket.config.lifecycle_rule[i], "path": ["lifecycle_rule", i]} if {
	bucket := input.terraform.aws_s3_bucket[_]
	lib.truthy(bucket.config.lifecycle_rule[i].enabled)
	holds_logs(bucket)
}

# A rule for some of the objects may be about anything else than the logs.
partial(rule) if lib.present(rule, "tags")

partial(rule) if elsewhere(rule.prefix)

partial(rule) if elsewhere(rule.filter[_].prefix)

# Where the services put their logs.
elsewhere(prefix) if {
	text := lib.text(prefix)
	not regex.match(`^/?(?:AWSLogs(?:/|$)|$)`, text)
}

partial(rule) if {
	some key in ["tag", "and", "object_size_greater_than", "object_size_less_than"]
	lib.present(rule.filter[_], key)
}

applies contains found.subject if some found in deletions

deny contains {"subject": found.subject, "path": array.concat(found.path, ["expiration", 0, "days"]), "msg": msg} if {
	some found in deletions
	not partial(found.rule)
	days := lib.number(found.rule.expiration[0].days)
	days > 0
	days < data.settings.audit_retention_days
	msg := sprintf("the logs in bucket `%s` are deleted after %v days; audit logs are kept %v days", [found.name, days, data.settings.audit_retention_days])
}

unknown contains {"subject": found.subject, "reason": "when the logs are deleted is known only at apply"} if {
	some found in deletions
	not partial(found.rule)
	lib.is_unknown(found.rule.expiration[0].days)
}
