# METADATA
# title: A log is emptied before twelve months
# custom:
#   confidence: medium
#   applies_to: {cloudformation: [AWS::Logs::LogGroup, AWS::CloudTrail::EventDataStore, AWS::S3::Bucket, AWS::SecurityLake::DataLake]}
#   reads: [[RetentionInDays], [RetentionPeriod]]
package paylint.rules.audit_log_retention.cloudformation

import data.paylint.cfn
import data.paylint.lib

# Without a number log groups keep for ever, the others for years.
retention_keys := {"AWS::Logs::LogGroup": "RetentionInDays", "AWS::CloudTrail::EventDataStore": "RetentionPeriod"}

applies contains r.id if {
	some type, _ in retention_keys
	r := input.cloudformation[type][_]
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, key in retention_keys
	r := input.cloudformation[type][_]
	days := lib.number(r.config[key])
	days < data.settings.audit_retention_days
	msg := sprintf("`%s` is emptied after %v days; audit logs are kept %v days", [r.name, days, data.settings.audit_retention_days])
}

applies contains r.id if some r in cfn.all(["AWS::SecurityLake::DataLake"])

expiry := ["LifecycleConfiguration", "Expiration", "Days"]

deny contains {"subject": r.id, "path": expiry, "msg": msg} if {
	r := input.cloudformation["AWS::SecurityLake::DataLake"][_]
	days := lib.number(object.get(r.config, expiry, null))
	days < data.settings.audit_retention_days
	msg := sprintf("data lake `%s` deletes its logs after %v days; audit logs are kept %v days", [r.name, days, data.settings.audit_retention_days])
}

unknown contains {"subject": r.id, "reason": "when its logs are deleted is known only at deployment"} if {
	r := input.cloudformation["AWS::SecurityLake::DataLake"][_]
	cfn.unclear(r.config, [expiry])
}

# One rule that deletes what lies in a bucket to which others write their logs.
deletions contains {"r": bucket, "rule": rule, "path": ["LifecycleConfiguration", "Rules", i, "ExpirationInDays"]} if {
	bucket := input.cloudformation["AWS::S3::Bucket"][_]
	rule := bucket.config.LifecycleConfiguration.Rules[i]
	rule.Status == "Enabled"
	lib.present(rule, "ExpirationInDays")
	not partial(rule)
	cfn.bucket_in(bucket, cfn.log_targets)
}

# A rule for some of the objects may be about anything else than the logs.
partial(rule) if {
	prefix := lib.text(rule.Prefix)
	not regex.match(where_logs_go, prefix)
}

where_logs_go := `^/?(?:AWSLogs(?:/|$)|$)`

partial(rule) if {
	some key in ["TagFilters", "ObjectSizeGreaterThan", "ObjectSizeLessThan"]
	lib.present(rule, key)
}

applies contains found.r.id if some found in deletions

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in deletions
	days := lib.number(found.rule.ExpirationInDays)
	days < data.settings.audit_retention_days
	msg := sprintf("the logs in bucket `%s` are deleted after %v days; audit logs are kept %v days", [found.r.name, days, data.settings.audit_retention_days])
}

unknown contains {"subject": found.r.id, "reason": "when the logs are deleted is known only at deployment"} if {
	some found in deletions
	lib.is_unknown(found.rule.ExpirationInDays)
}
