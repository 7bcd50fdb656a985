# METADATA
# title: An S3 bucket, snapshot, image or vault is open to everyone
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_s3_bucket
#       - aws_s3_bucket_acl
#       - aws_s3_bucket_object
#       - aws_s3_object
#       - aws_s3_object_copy
#       - aws_s3_bucket_public_access_block
#       - aws_s3_account_public_access_block
#       - aws_s3_access_point
#       - aws_s3control_multi_region_access_point
#       - aws_s3_bucket_policy
#       - aws_s3control_access_point_policy
#       - aws_s3control_bucket_policy
#       - aws_s3control_multi_region_access_point_policy
#       - aws_s3control_object_lambda_access_point_policy
#       - aws_s3tables_table_bucket_policy
#       - aws_s3tables_table_policy
#       - aws_glacier_vault
#       - aws_glacier_vault_lock
#       - aws_ami_launch_permission
#       - aws_imagebuilder_distribution_configuration
#       - aws_ebs_snapshot_block_public_access
#       - aws_ec2_image_block_public_access
#       - aws_db_snapshot
#       - aws_db_snapshot_copy
#       - aws_db_cluster_snapshot
#       - aws_rds_cluster_snapshot_copy
#   reads: [[acl], [policy], [access_policy], [resource_policy], [group], [state], [shared_accounts], [shared_accounts, "*"]]
package paylint.rules.public_storage.terraform_aws

import data.paylint.lib

open_acls := {"public-read", "public-read-write", "authenticated-read", "website"}

everyone := {"http://acs.amazonaws.com/groups/global/AllUsers", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}

acl_holders := ["aws_s3_bucket", "aws_s3_bucket_acl", "aws_s3_bucket_object", "aws_s3_object", "aws_s3_object_copy"]

# Where the policy stands.
policy_paths := {
	"aws_s3_bucket": ["policy"],
	"aws_s3_bucket_policy": ["policy"],
	"aws_s3_access_point": ["policy"],
	"aws_s3control_access_point_policy": ["policy"],
	"aws_s3control_bucket_policy": ["policy"],
	"aws_s3control_multi_region_access_point_policy": ["details", 0, "policy"],
	"aws_s3control_object_lambda_access_point_policy": ["policy"],
	"aws_s3tables_table_bucket_policy": ["resource_policy"],
	"aws_s3tables_table_policy": ["resource_policy"],
	"aws_glacier_vault": ["access_policy"],
	"aws_glacier_vault_lock": ["policy"],
}

switches := ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]

# Accounts a snapshot is shared with; "all" is everyone.
shared := ["aws_db_snapshot", "aws_db_snapshot_copy", "aws_db_cluster_snapshot", "aws_rds_cluster_snapshot_copy"]

account_switches := ["aws_ebs_snapshot_block_public_access", "aws_ec2_image_block_public_access"]

# A block of an access point; there all four are on unless written otherwise.
access_points := {
	"aws_s3_access_point": ["public_access_block_configuration", 0],
	"aws_s3control_multi_region_access_point": ["details", 0, "public_access_block", 0],
}

applies contains r.id if {
	some type in array.concat(acl_holders, ["aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block", "aws_ami_launch_permission", "aws_imagebuilder_distribution_configuration"])
	r := input.terraform[type][_]
}

applies contains r.id if {
	some type, path in policy_paths
	r := input.terraform[type][_]
	object.get(r.config, path, null) != null
}

applies contains r.id if {
	some type in array.concat(account_switches, shared)
	r := input.terraform[type][_]
}

applies contains r.id if {
	some type, path in access_points
	r := input.terraform[type][_]
	is_object(object.get(r.config, path, null))
}

# Where public buckets are restricted, a policy for everyone lets in the own account and services only.
restricted(type, r) if {
	type in {"aws_s3_bucket", "aws_s3_bucket_policy"}
	block := input.terraform.aws_s3_bucket_public_access_block[_]
	same_bucket(r, block)
	lib.truthy(block.config.restrict_public_buckets)
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
	some type in acl_holders
	r := input.terraform[type][_]
	acl := lib.text(r.config.acl)
	acl in open_acls
	not shielded(r)
	msg := sprintf("ACL `%s` lets everyone read bucket `%s`; drop the ACL and block public access", [acl, r.name])
}

deny contains {"subject": r.id, "path": ["grant", i, "uri"], "msg": msg} if {
	some type in ["aws_s3_bucket", "aws_s3_object_copy"]
	r := input.terraform[type][_]
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
	some key in switches
	not lib.truthy(object.get(r.config, key, false))
	msg := sprintf("%s is not on: `%s` leaves a way to make the bucket public; set all four to true", [key, r.name])
}

deny contains {"subject": r.id, "path": array.concat(path, [key]), "msg": msg} if {
	some type, path in access_points
	r := input.terraform[type][_]
	block := object.get(r.config, path, null)
	some key in switches
	lib.falsy(block[key])
	msg := sprintf("%s is off: `%s` leaves a way to make the bucket public; set all four to true", [key, r.name])
}

deny contains {"subject": r.id, "path": array.concat(path, statement.path), "msg": msg} if {
	some type, path in policy_paths
	r := input.terraform[type][_]
	policy := object.get(r.config, path, null)
	some statement in lib.statements(policy)
	lib.lets_everyone_in(policy, statement)
	not restricted(type, r)
	msg := sprintf("a statement of `%s` allows %v to everyone in the world; name the principals, or add a condition", [r.name, statement.actions])
}

unknown contains {"subject": r.id, "reason": "whom its policy lets in is known only at apply"} if {
	some type, path in policy_paths
	r := input.terraform[type][_]
	policy := object.get(r.config, path, null)
	some statement in lib.statements(policy)
	lib.may_let_everyone_in(policy, statement)
	not any_refs(r, path, statement)
}

# What refers to a role or account cannot turn out to be "*".
any_refs(r, path, statement) if {
	some key in object.keys(r.refs)
	startswith(key, concat(".", [sprintf("%v", [part]) | some part in array.concat(path, array.concat(statement.path, ["Principal"]))]))
	count(r.refs[key]) > 0
}

deny contains {"subject": r.id, "path": ["group"], "msg": msg} if {
	r := input.terraform.aws_ami_launch_permission[_]
	r.config.group == "all"
	msg := sprintf("`%s` lets every AWS account start this image and read its disk; name accounts in account_id instead", [r.name])
}

deny contains {"subject": r.id, "path": array.concat(path, ["user_groups"]), "msg": msg} if {
	r := input.terraform.aws_imagebuilder_distribution_configuration[_]
	"all" in r.config.distribution[i].ami_distribution_configuration[j].launch_permission[k].user_groups
	path := ["distribution", i, "ami_distribution_configuration", j, "launch_permission", k]
	msg := sprintf("`%s` lets every AWS account start its images and read their disks; name accounts in user_ids instead", [r.name])
}

deny contains {"subject": r.id, "path": ["shared_accounts"], "msg": msg} if {
	some type in shared
	r := input.terraform[type][_]
	"all" in lib.as_array(r.config.shared_accounts)
	msg := sprintf("snapshot `%s` can be restored by every AWS account; name the accounts that need it", [r.name])
}

deny contains {"subject": r.id, "path": ["state"], "msg": msg} if {
	some type in account_switches
	r := input.terraform[type][_]
	lower(lib.text(r.config.state)) == "unblocked"
	msg := sprintf("`%s` lets anyone in the account publish to the world; set state to block-all-sharing or block-new-sharing", [r.name])
}
