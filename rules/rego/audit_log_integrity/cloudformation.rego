# METADATA
# title: Audit logs in AWS can be changed or deleted unnoticed
# custom:
#   confidence: high
#   applies_to: {cloudformation: [AWS::CloudTrail::Trail, AWS::CloudTrail::EventDataStore, AWS::S3::Bucket]}
#   reads: [[EnableLogFileValidation], [TerminationProtectionEnabled]]
package paylint.rules.audit_log_integrity.cloudformation

import data.paylint.cfn
import data.paylint.lib

applies contains r.id if some r in cfn.all(["AWS::CloudTrail::Trail", "AWS::CloudTrail::EventDataStore"])

deny contains {"subject": r.id, "path": ["EnableLogFileValidation"], "msg": msg} if {
	r := input.cloudformation["AWS::CloudTrail::Trail"][_]
	not cfn.on(r, ["EnableLogFileValidation"])
	msg := sprintf("trail `%s` signs no digests: an edited log cannot be told from a true one; set EnableLogFileValidation: true", [r.name])
}

# On where nothing is written.
deny contains {"subject": r.id, "path": ["TerminationProtectionEnabled"], "msg": msg} if {
	r := input.cloudformation["AWS::CloudTrail::EventDataStore"][_]
	lib.falsy(r.config.TerminationProtectionEnabled)
	msg := sprintf("event data store `%s` can be deleted with all its events; leave TerminationProtectionEnabled on", [r.name])
}

lock_mode := ["ObjectLockConfiguration", "Rule", "DefaultRetention", "Mode"]

locked contains r if {
	r := input.cloudformation["AWS::S3::Bucket"][_]
	lib.present(r.config, "ObjectLockConfiguration")
}

applies contains r.id if some r in locked

deny contains {"subject": r.id, "path": lock_mode, "msg": msg} if {
	some r in locked
	mode := object.get(r.config, lock_mode, "none")
	not allowed_mode(mode)
	msg := sprintf("object lock of `%s` (%v) can be lifted by an administrator; use DefaultRetention in compliance mode", [r.name, mode])
}

# A mode without a time holds nothing.
deny contains {"subject": r.id, "path": lock_mode, "msg": msg} if {
	some r in locked
	retention := r.config.ObjectLockConfiguration.Rule.DefaultRetention
	allowed_mode(retention.Mode)
	every span in ["Days", "Years"] {
		no_time(object.get(retention, span, null))
	}
	msg := sprintf("object lock of `%s` holds for no time; give its DefaultRetention Days or Years", [r.name])
}

no_time(span) if span == null

no_time(span) if lib.number(span) == 0

allowed_mode(mode) if upper(lib.text(mode)) in {upper(allowed) | some allowed in data.settings.audit_lock_modes}

# The bucket of a trail.
trail_buckets contains bucket if {
	bucket := input.cloudformation["AWS::S3::Bucket"][_]
	cfn.bucket_in(bucket, cfn.trail_targets)
}

applies contains bucket.id if some bucket in trail_buckets

# Object lock implies versions; versions alone let an overwritten log be found again.
keeps_versions(bucket) if cfn.on(bucket, ["ObjectLockEnabled"])

keeps_versions(bucket) if lib.present(bucket.config, "ObjectLockConfiguration")

keeps_versions(bucket) if object.get(bucket.config, ["VersioningConfiguration", "Status"], "") == "Enabled"

deny contains {"subject": bucket.id, "path": ["VersioningConfiguration", "Status"], "msg": msg, "confidence": "medium"} if {
	some bucket in trail_buckets
	not keeps_versions(bucket)
	not cfn.unclear(bucket.config, [["ObjectLockEnabled"], ["VersioningConfiguration", "Status"]])
	msg := sprintf("bucket `%s` keeps a trail's logs without object lock or versions: whoever may write can replace them; set ObjectLockEnabled: true with a retention in compliance mode", [bucket.name])
}

unknown contains {"subject": bucket.id, "reason": "whether versions are kept is known only at deployment"} if {
	some bucket in trail_buckets
	not keeps_versions(bucket)
	cfn.unclear(bucket.config, [["ObjectLockEnabled"], ["VersioningConfiguration", "Status"]])
}

# Object lock that is switched on holds an object only if somebody says for how long.
unknown contains {"subject": bucket.id, "reason": "object lock is on, but no DefaultRetention is here: only objects that are given one of their own are held"} if {
	some bucket in trail_buckets
	cfn.on(bucket, ["ObjectLockEnabled"])
	not lib.present(bucket.config, "ObjectLockConfiguration")
}
