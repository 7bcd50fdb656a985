# METADATA
# title: An S3 bucket, snapshot or queue is open to everyone
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_s3_bucket
#       - aws_s3_bucket_acl
#       - aws_s3_bucket_public_access_block
#       - aws_s3_account_public_access_block
#       - aws_s3_bucket_policy
#       - aws_sqs_queue_policy
#       - aws_sns_topic_policy
#       - aws_sqs_queue
#       - aws_sns_topic
#       - aws_ecr_repository_policy
#       - aws_backup_vault_policy
#       - aws_ami_launch_permission
package paylint.rules.public_storage.terraform_aws

import data.paylint.lib

open_acls := {"public-read", "public-read-write", "authenticated-read", "website"}

everyone := {"http://acs.amazonaws.com/groups/global/AllUsers", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}

policy_holders := ["aws_s3_bucket_policy", "aws_sqs_queue_policy", "aws_sns_topic_policy", "aws_s3_bucket", "aws_sqs_queue", "aws_sns_topic", "aws_ecr_repository_policy", "aws_backup_vault_policy"]

applies contains r.id if {
	some type in ["aws_s3_bucket", "aws_s3_bucket_acl", "aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block", "aws_ami_launch_permission"]
	r := input.terraform[type][_]
}

applies contains r.id if {
	some type in policy_holders
	r := input.terraform[type][_]
	lib.present(r.config, "policy")
}

# An ACL that a public access block of the same bucket makes void is no exposure.
shielded(r) if {
	block := input.terraform.aws_s3_bucket_public_access_block[_]
	same_bucket(r, block)
	lib.truthy(block.config.ignore_public_acls)
	lib.truthy(block.config.restrict_public_buckets)
}

same_bucket(r, block) if lib.refers(block, "bucket", r)

same_bucket(r, block) if {
	some address in r.refs.bucket
	address in block.refs.bucket
}

same_bucket(r, block) if lib.text(r.config.bucket) == lib.text(block.config.bucket)

deny contains {"subject": r.id, "path": ["acl"], "msg": msg} if {
	some type in ["aws_s3_bucket", "aws_s3_bucket_acl"]
	r := input.terraform[type][_]
	acl := lib.text(r.config.acl)
	acl in open_acls
	not shielded(r)
	msg := sprintf("ACL `%s` lets everyone read bucket `%s`; drop the ACL and block public access", [acl, r.name])
}

deny contains {"subject": r.id, "path": ["grant", i, "uri"], "msg": msg} if {
	r := input.terraform.aws_s3_bucket[_]
	r.config.grant[i].uri in everyone
	not shielded(r)
	msg := sprintf("a grant lets everyone use bucket `%s`; grant it to accounts you know", [r.name])
}

deny contains {"subject": r.id, "path": ["access_control_policy", i, "grant", j, "grantee", k, "uri"], "msg": msg} if {
	r := input.terraform.aws_s3_bucket_acl[_]
	r.config.access_control_policy[i].grant[j].grantee[k].uri in everyone
	not shielded(r)
	msg := sprintf("a grant lets everyone use the bucket of `%s`; grant it to accounts you know", [r.name])
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type in ["aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"]
	r := input.terraform[type][_]
	some key in ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
	not lib.truthy(object.get(r.config, key, false))
	msg := sprintf("%s is not on: `%s` leaves a way to make the bucket public; set all four to true", [key, r.name])
}

deny contains {"subject": r.id, "path": array.concat(["policy"], statement.path), "msg": msg} if {
	some type in policy_holders
	r := input.terraform[type][_]
	some statement in lib.statements(r.config.policy)
	lib.allows(statement)
	lib.principal_is_everyone(statement.principals)
	not statement.conditional
	msg := sprintf("a statement of `%s` allows %v to everyone in the world; name the principals, or add a condition", [r.name, statement.actions])
}

deny contains {"subject": r.id, "path": ["group"], "msg": msg} if {
	r := input.terraform.aws_ami_launch_permission[_]
	r.config.group == "all"
	msg := sprintf("`%s` lets every AWS account start this image and read its disk", [r.name])
}
