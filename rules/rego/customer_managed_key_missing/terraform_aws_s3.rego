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

# Load balancers, and S3's own access logs, are written to buckets with S3's own key only:
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
balancers contains r if {
	some type in ["aws_lb", "aws_alb", "aws_elb"]
	r := input.terraform[type][_]
	not lib.text(object.get(r.config, "load_balancer_type", "")) in {"network", "gateway"}
}

balancer_logs := {"addresses": addresses, "bases": {aws.base(address) | some address in addresses}, "names": names} if {
	addresses := {address | some r in balancers; some key in ["access_logs.0.bucket", "connection_logs.0.bucket"]; address := r.refs[key][_]}
	names := {name |
		some r in balancers
		some key in ["access_logs", "connection_logs"]
		name := lib.text(r.config[key][_].bucket)
		name != ""
	}
}

access_logs := aws.pointed("aws_s3_bucket_logging", ["target_bucket"])

takes_logs(bucket) if aws.among(balancer_logs, bucket)

takes_logs(bucket) if aws.among(access_logs, bucket)

# One look at each bucket, not at each pair of them.
log_buckets := {bucket.address | bucket := input.terraform.aws_s3_bucket[_]; takes_logs(bucket)}

for_logs(r) if aws.base(r.refs.bucket[_]) in {aws.base(address) | some address in log_buckets}

# Where a bucket's default key is written: {r, at}.
defaults contains {"r": r, "at": default_key} if {
	r := input.terraform.aws_s3_bucket_server_side_encryption_configuration[_]
	not for_logs(r)
}

defaults contains {"r": r, "at": array.concat(["server_side_encryption_configuration", "*"], default_key)} if {
	r := input.terraform.aws_s3_bucket[_]
	lib.present(r.config, "server_side_encryption_configuration")
	not r.address in log_buckets
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
	not bucket.address in log_buckets
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
