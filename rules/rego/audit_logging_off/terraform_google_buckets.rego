# METADATA
# title: Access to a bucket in Google Cloud is not logged
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {terraform: [google_storage_bucket]}
package paylint.rules.audit_logging_off.terraform_google_buckets

import data.paylint.google
import data.paylint.lib

# A hint only: Cloud Audit Logs do the same where data access is switched on for the project, which may be done elsewhere.
judged contains r if {
	r := input.terraform.google_storage_bucket[_]
	not audited
	not is_log_store(r)
}

audited if {
	some type in ["google_project_iam_audit_config", "google_folder_iam_audit_config", "google_organization_iam_audit_config"]
	config := input.terraform[type][_]
	not lib.text(config.config.service) in {"compute.googleapis.com", "cloudsql.googleapis.com"}
}

# Where the logs themselves lie.
log_stores contains store.id if some store in google.log_stores("google_storage_bucket")

log_targets contains address if {
	other := input.terraform.google_storage_bucket[_]
	some path in ["logging.0.log_bucket", "logging"]
	address := other.refs[path][_]
}

log_targets contains name if {
	other := input.terraform.google_storage_bucket[_]
	name := lib.text(other.config.logging[_].log_bucket)
}

is_log_store(r) if r.id in log_stores

is_log_store(r) if r.address in log_targets

is_log_store(r) if lib.text(r.config.name) in log_targets

is_log_store(r) if regex.match(`(?i)(^|[-_.])(access[-_]?)?logs?([-_.]|$)`, r.name)

applies contains r.id if some r in judged

deny contains {"subject": r.id, "path": ["logging"], "msg": msg} if {
	some r in judged
	not lib.present(r.config, "logging")
	msg := sprintf("who used bucket `%s` is not logged; add logging { log_bucket }, or an audit configuration for the project", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether it logs access is known only at apply"} if {
	some r in judged
	lib.is_unknown(r.config.logging)
}
