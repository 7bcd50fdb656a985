# METADATA
# title: Nothing in the configuration blocks public access to an S3 bucket
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {terraform: [aws_s3_bucket]}
package paylint.rules.public_storage.terraform_aws_unblocked

import data.paylint.aws
import data.paylint.lib

# New buckets block it since 2023; older ones, and those where somebody takes the block away, do not.
applies contains r.id if r := input.terraform.aws_s3_bucket[_]

blocks := aws.pointed("aws_s3_bucket_public_access_block", ["bucket"])

blocked(bucket) if aws.among(blocks, bucket)

# Both are named by the same third thing.
blocked(bucket) if bucket.refs.bucket[_] in blocks.addresses

account_blocks if {
	account := input.terraform.aws_s3_account_public_access_block[_]
	every key in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"] {
		not lib.falsy(object.get(account.config, key, false))
	}
}

# One for a bucket that is known only at apply may be for any.
unclear if aws.points_nowhere("aws_s3_bucket_public_access_block", "bucket")

deny contains {"subject": r.id, "path": ["public_access_block"], "msg": msg} if {
	r := input.terraform.aws_s3_bucket[_]
	not blocked(r)
	not account_blocks
	not unclear
	msg := sprintf("nothing here keeps bucket `%s` from being made public; add aws_s3_bucket_public_access_block with all four set to true", [r.name])
}

unknown contains {"subject": r.id, "reason": "for which bucket public access is blocked is known only at apply"} if {
	r := input.terraform.aws_s3_bucket[_]
	not blocked(r)
	unclear
}
