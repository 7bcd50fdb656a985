# METADATA
# title: An S3 bucket or object is encrypted with S3's own key
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_s3_bucket
#       - aws_s3_bucket_server_side_encryption_configuration
#       - aws_s3_object
#       - aws_s3_bucket_object
#       - aws_s3_object_copy
package paylint.rules.customer_managed_key_missing.terraform_aws_s3

import data.paylint.aws
import data.paylint.aws_keys
import data.paylint.lib

say := "name a KMS key of yours in kms_master_key_id, with sse_algorithm = \"aws:kms\""

default_key := ["rule", "*", "apply_server_side_encryption_by_default", "*", "kms_master_key_id"]

# Where a bucket's default key is written: {r, at}.
defaults contains {"r": r, "at": default_key} if {
	r := input.terraform.aws_s3_bucket_server_side_encryption_configuration[_]
}

defaults contains {"r": r, "at": array.concat(["server_side_encryption_configuration", "*"], default_key)} if {
	r := input.terraform.aws_s3_bucket[_]
	lib.present(r.config, "server_side_encryption_configuration")
}

applies contains found.r.id if some found in defaults

deny contains {"subject": found.r.id, "path": path, "msg": msg} if {
	some found in defaults
	path := aws_keys.missing(found.r, found)[0]
	msg := sprintf("`%s` encrypts with a key of AWS's own, over whose use nobody here decides; %s", [found.r.name, say])
}

# Without a default of its own, a bucket is encrypted with S3's key.
bare contains bucket.id if {
	bucket := input.terraform.aws_s3_bucket[_]
	not lib.present(bucket.config, "server_side_encryption_configuration")
	not configured(bucket)
	not unclear
}

configurations := aws.pointed("aws_s3_bucket_server_side_encryption_configuration", ["bucket"])

configured(bucket) if aws.among(configurations, bucket)

# Both are named by the same third thing.
configured(bucket) if bucket.refs.bucket[_] in configurations.addresses

# One for a bucket that is known only at apply may be for any.
unclear if aws.points_nowhere("aws_s3_bucket_server_side_encryption_configuration", "bucket")

applies contains id if some id in bare

deny contains {"subject": bucket.id, "path": ["server_side_encryption_configuration"], "msg": msg} if {
	bucket := input.terraform.aws_s3_bucket[_]
	bucket.id in bare
	msg := sprintf("bucket `%s` encrypts with S3's own key, over whose use nobody here decides; add aws_s3_bucket_server_side_encryption_configuration and %s", [bucket.name, say])
}

# An object that names no key takes its bucket's, unless it asks for another one.
objects contains r if {
	some type in ["aws_s3_object", "aws_s3_bucket_object", "aws_s3_object_copy"]
	r := input.terraform[type][_]
}

asks(r) if lib.present(r.config, "server_side_encryption")

asks(r) if lib.present(r.config, "kms_key_id")

applies contains r.id if {
	some r in objects
	asks(r)
}

applies contains r.id if {
	some r in objects
	in_bare_bucket(r)
}

in_bare_bucket(r) if {
	bucket := input.terraform.aws_s3_bucket[_]
	bucket.id in bare
	lib.refers(r, "bucket", bucket)
}

deny contains {"subject": r.id, "path": path, "msg": msg} if {
	some r in objects
	asks(r)
	path := aws_keys.missing(r, {"at": ["kms_key_id"]})[0]
	msg := sprintf("object `%s` is encrypted with a key of AWS's own; name a KMS key of yours in kms_key_id", [r.name])
}

deny contains {"subject": r.id, "path": ["kms_key_id"], "msg": msg, "confidence": "low"} if {
	some r in objects
	not asks(r)
	in_bare_bucket(r)
	msg := sprintf("object `%s` is encrypted with S3's own key, as its bucket is; name a KMS key of yours in kms_key_id, or for the bucket", [r.name])
}

unknown contains {"subject": r.id, "reason": "its bucket's default key decides, which is not known here"} if {
	some r in objects
	not asks(r)
	not in_bare_bucket(r)
	not declared(r)
}

declared(r) if lib.refers(r, "bucket", input.terraform.aws_s3_bucket[_])
