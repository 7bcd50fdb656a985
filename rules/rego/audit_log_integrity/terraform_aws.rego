# METADATA
# title: Audit logs in AWS can be changed or deleted unnoticed
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_cloudtrail
#       - aws_cloudtrail_event_data_store
#       - aws_s3_bucket_object_lock_configuration
#       - aws_s3_bucket
#       - aws_s3_bucket_versioning
#   reads: [[enable_log_file_validation], [termination_protection_enabled]]
package paylint.rules.audit_log_integrity.terraform_aws

import data.paylint.lib

applies contains r.id if {
	some type in ["aws_cloudtrail", "aws_cloudtrail_event_data_store", "aws_s3_bucket_object_lock_configuration"]
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["enable_log_file_validation"], "msg": msg} if {
	r := input.terraform.aws_cloudtrail[_]
	not lib.truthy(object.get(r.config, "enable_log_file_validation", false))
	msg := sprintf("trail `%s` signs no digests: an edited log cannot be told from a true one; set enable_log_file_validation = true", [r.name])
}

# On where nothing is written.
deny contains {"subject": r.id, "path": ["termination_protection_enabled"], "msg": msg} if {
	r := input.terraform.aws_cloudtrail_event_data_store[_]
	lib.falsy(r.config.termination_protection_enabled)
	msg := sprintf("event data store `%s` can be deleted with all its events; leave termination_protection_enabled on", [r.name])
}

deny contains {"subject": r.id, "path": ["rule", 0, "default_retention", 0, "mode"], "msg": msg} if {
	r := input.terraform.aws_s3_bucket_object_lock_configuration[_]
	mode := object.get(r.config, ["rule", 0, "default_retention", 0, "mode"], "none")
	lib.known(mode)
	not allowed_mode(mode)
	msg := sprintf("object lock of `%s` (%v) can be lifted by an administrator; use default_retention in compliance mode", [r.name, mode])
}

# The older place of the same setting.
older_locks contains {"r": r, "lock": lock} if {
	r := input.terraform.aws_s3_bucket[_]
	lock := r.config.object_lock_configuration[0]
	not has_lock_of_its_own(r)
}

deny contains {"subject": found.r.id, "path": ["object_lock_configuration", 0, "rule", 0, "default_retention", 0, "mode"], "msg": msg} if {
	some found in older_locks
	mode := object.get(found.lock, ["rule", 0, "default_retention", 0, "mode"], "none")
	lib.known(mode)
	not allowed_mode(mode)
	msg := sprintf("object lock of `%s` (%v) can be lifted by an administrator; use default_retention in compliance mode", [found.r.name, mode])
}

applies contains found.r.id if some found in older_locks

has_lock_of_its_own(bucket) if lib.refers(input.terraform.aws_s3_bucket_object_lock_configuration[_], "bucket", bucket)

unknown contains {"subject": lock.r.id, "reason": "how object lock holds is known only at apply"} if {
	some lock in locks
	lib.has_unknown(object.get(lock.config, "rule", []))
}

# A mode without a time holds nothing.
timeless(config) if {
	retention := config.rule[0].default_retention[0]
	allowed_mode(retention.mode)
	every span in ["days", "years"] {
		no_time(object.get(retention, span, null))
	}
}

no_time(span) if span == null

no_time(span) if lib.number(span) == 0

deny contains {"subject": r.id, "path": array.concat(path, ["rule", 0, "default_retention", 0]), "msg": msg} if {
	some {"r": r, "config": config, "path": path} in locks
	timeless(config)
	msg := sprintf("object lock of `%s` holds for no time; give its default_retention days or years", [r.name])
}

locks contains {"r": r, "config": r.config, "path": []} if r := input.terraform.aws_s3_bucket_object_lock_configuration[_]

locks contains {"r": found.r, "config": found.lock, "path": ["object_lock_configuration", 0]} if some found in older_locks

allowed_mode(mode) if upper(sprintf("%v", [mode])) in {upper(allowed) | some allowed in data.settings.audit_lock_modes}

# The bucket of a trail.
trail_buckets contains bucket if {
	bucket := input.terraform.aws_s3_bucket[_]
	trail := input.terraform.aws_cloudtrail[_]
	lib.refers(trail, "s3_bucket_name", bucket)
}

applies contains bucket.id if some bucket in trail_buckets

# Object lock implies versions; versions alone let an overwritten log be found again.
keeps_versions(bucket) if lib.truthy(bucket.config.object_lock_enabled)

keeps_versions(bucket) if lib.present(bucket.config, "object_lock_configuration")

keeps_versions(bucket) if not lib.falsy(object.get(bucket.config, ["versioning", 0, "enabled"], false))

keeps_versions(bucket) if has_lock_of_its_own(bucket)

keeps_versions(bucket) if lib.refers(input.terraform.aws_s3_bucket_versioning[_], "bucket", bucket)

deny contains {"subject": bucket.id, "path": ["object_lock_enabled"], "msg": msg, "confidence": "medium"} if {
	some bucket in trail_buckets
	not keeps_versions(bucket)
	msg := sprintf("bucket `%s` keeps a trail's logs without object lock or versions: whoever may write can replace them; set object_lock_enabled = true with a retention in compliance mode", [bucket.name])
}

# A versioning resource of such a bucket.
versionings contains {"r": r, "bucket": bucket} if {
	some bucket in trail_buckets
	r := input.terraform.aws_s3_bucket_versioning[_]
	lib.refers(r, "bucket", bucket)
}

applies contains found.r.id if some found in versionings

deny contains {"subject": found.r.id, "path": ["versioning_configuration", 0, "status"], "msg": msg} if {
	some found in versionings
	lower(lib.text(found.r.config.versioning_configuration[_].status)) in {"suspended", "disabled"}
	msg := sprintf("bucket `%s` keeps a trail's logs without versions: whoever may write can replace them; set status = \"Enabled\" and add object lock", [found.bucket.name])
}

unknown contains {"subject": found.r.id, "reason": "whether versions are kept is known only at apply"} if {
	some found in versionings
	lib.has_unknown(found.r.config.versioning_configuration)
}

unknown contains {"subject": bucket.id, "reason": "whether versions are kept is known only at apply"} if {
	some bucket in trail_buckets
	some key in ["object_lock_enabled", "versioning"]
	lib.has_unknown(bucket.config[key])
}

# Object lock that is switched on holds an object only if somebody says for how long.
unknown contains {"subject": bucket.id, "reason": "object lock is on, but no default retention is here: only objects that are given one of their own are held"} if {
	some bucket in trail_buckets
	lib.truthy(bucket.config.object_lock_enabled)
	not lib.present(bucket.config, "object_lock_configuration")
	not has_lock_of_its_own(bucket)
}
