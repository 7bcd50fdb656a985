# METADATA
# title: Logs in Google Cloud are deleted before twelve months
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - google_logging_project_bucket_config
#       - google_logging_folder_bucket_config
#       - google_logging_organization_bucket_config
#       - google_logging_billing_account_bucket_config
#       - google_storage_bucket
#       - google_bigquery_dataset
package paylint.rules.audit_log_retention.terraform_google

import data.paylint.google
import data.paylint.lib

applies contains r.id if some r in google.log_buckets

# 30 days is the default, and what 0 stands for.
deny contains {"subject": r.id, "path": ["retention_days"], "msg": msg} if {
	some r in google.log_buckets
	days := given(lib.number(object.get(r.config, "retention_days", 0)))
	not may_be_required(r)
	days < data.settings.audit_retention_days
	msg := sprintf("log bucket `%s` is emptied after %v days; audit logs are kept %v days", [r.name, days, data.settings.audit_retention_days])
}

# The bucket "_Required" is given no days.
may_be_required(r) if {
	lib.is_unknown(r.config.bucket_id)
	not lib.present(r.config, "retention_days")
}

given(days) := days if days > 0

given(days) := 30 if days == 0

unknown contains {"subject": r.id, "reason": "how long it keeps logs is known only at apply"} if {
	some r in google.log_buckets
	lib.is_unknown(r.config.retention_days)
}

unknown contains {"subject": r.id, "reason": "which bucket it is is known only at apply"} if {
	some r in google.log_buckets
	may_be_required(r)
}

# Storage that a sink sends logs to.
applies contains r.id if {
	some type in ["google_storage_bucket", "google_bigquery_dataset"]
	some r in google.log_stores(type)
}

deny contains {"subject": r.id, "path": ["retention_policy", 0, "retention_period"], "msg": msg} if {
	some r in google.log_stores("google_storage_bucket")
	seconds := lib.number(r.config.retention_policy[0].retention_period)
	seconds < data.settings.audit_retention_days * 86400
	msg := sprintf("bucket `%s` holds logs and protects them for %v days only; audit logs are kept %v days", [r.name, floor(seconds / 86400), data.settings.audit_retention_days])
}

# A rule for older versions only leaves the logs themselves alone.
deny contains {"subject": r.id, "path": ["lifecycle_rule", i, "condition", 0, "age"], "msg": msg} if {
	some r in google.log_stores("google_storage_bucket")
	rule := r.config.lifecycle_rule[i]
	rule.action[0].type == "Delete"
	condition := rule.condition[0]
	age := lib.number(condition.age)
	age < data.settings.audit_retention_days
	not narrowed(condition)
	msg := sprintf("bucket `%s` holds logs and deletes them after %v days; audit logs are kept %v days", [r.name, age, data.settings.audit_retention_days])
}

narrowed(condition) if condition.with_state == "ARCHIVED"

narrowed(condition) if {
	some key in ["num_newer_versions", "days_since_noncurrent_time", "noncurrent_time_before", "matches_prefix", "matches_suffix"]
	lib.present(condition, key)
}

expirations := ["default_table_expiration_ms", "default_partition_expiration_ms"]

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some r in google.log_stores("google_bigquery_dataset")
	some key in expirations
	days := lib.number(r.config[key]) / 86400000
	days < data.settings.audit_retention_days
	msg := sprintf("dataset `%s` holds logs and deletes them after %v days; audit logs are kept %v days", [r.name, floor(days), data.settings.audit_retention_days])
}

unknown contains {"subject": r.id, "reason": "how long it keeps logs is known only at apply"} if {
	some type in ["google_storage_bucket", "google_bigquery_dataset"]
	some r in google.log_stores(type)
	some key in array.concat(expirations, ["retention_policy", "lifecycle_rule"])
	lib.has_unknown(r.config[key])
}
