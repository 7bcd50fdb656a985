# METADATA
# title: Audit logs in AWS can be changed or deleted unnoticed
# custom:
#   confidence: high
#   applies_to: {terraform: [aws_cloudtrail, aws_s3_bucket_object_lock_configuration]}
package paylint.rules.audit_log_integrity.terraform_aws

import data.paylint.lib

applies contains r.id if {
	some type in ["aws_cloudtrail", "aws_s3_bucket_object_lock_configuration"]
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["enable_log_file_validation"], "msg": msg} if {
	r := input.terraform.aws_cloudtrail[_]
	not lib.truthy(object.get(r.config, "enable_log_file_validation", false))
	msg := sprintf("trail `%s` signs no digests: an edited log cannot be told from a true one; set enable_log_file_validation = true", [r.name])
}

deny contains {"subject": r.id, "path": ["rule", 0, "default_retention", 0, "mode"], "msg": msg} if {
	r := input.terraform.aws_s3_bucket_object_lock_configuration[_]
	mode := object.get(r.config, ["rule", 0, "default_retention", 0, "mode"], "none")
	not upper(sprintf("%v", [mode])) in {upper(allowed) | some allowed in data.settings.audit_lock_modes}
	msg := sprintf("object lock of `%s` (%v) can be lifted by an administrator; use default_retention in compliance mode", [r.name, mode])
}
