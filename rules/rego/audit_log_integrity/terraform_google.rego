# METADATA
# title: Audit logs in Google Cloud can be deleted before their time
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - google_storage_bucket
#       - google_logging_project_bucket_config
#       - google_logging_folder_bucket_config
#       - google_logging_organization_bucket_config
#       - google_logging_billing_account_bucket_config
package paylint.rules.audit_log_integrity.terraform_google

import data.paylint.google
import data.paylint.lib

buckets := google.log_stores("google_storage_bucket")

applies contains r.id if some r in buckets

deny contains {"subject": r.id, "path": ["retention_policy"], "msg": msg} if {
	some r in buckets
	not lib.present(r.config, "retention_policy")
	msg := sprintf("bucket `%s` holds logs that an administrator can delete at any time; add retention_policy { is_locked = true }", [r.name])
}

# A policy that is not locked can be taken away; that is enough where the settings allow a lock that can be lifted.
deny contains {"subject": r.id, "path": ["retention_policy", 0, "is_locked"], "msg": msg} if {
	some r in buckets
	lib.known(r.config.retention_policy[0])
	not lib.truthy(r.config.retention_policy[0].is_locked)
	not "GOVERNANCE" in data.settings.audit_lock_modes
	msg := sprintf("the retention of bucket `%s`, which holds logs, can be lifted by an administrator; set is_locked = true", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether its logs are locked is known only at apply"} if {
	some r in buckets
	lib.has_unknown(object.get(r.config, "retention_policy", []))
}

# Entries in Cloud Logging's own buckets cannot be edited, but a bucket that is not locked can be emptied by shortening
# its retention. Only what is written counts: not every log bucket is one of audit logs.
applies contains r.id if {
	some r in google.log_buckets
	lib.present(r.config, "locked")
}

deny contains {"subject": r.id, "path": ["locked"], "msg": msg} if {
	some r in google.log_buckets
	lib.falsy(r.config.locked)
	msg := sprintf("the retention of log bucket `%s` can be shortened by an administrator; set locked = true", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether it is locked is known only at apply"} if {
	some r in google.log_buckets
	lib.is_unknown(r.config.locked)
}
