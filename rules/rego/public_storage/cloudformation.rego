# METADATA
# title: An S3 bucket or image is open to everyone
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::S3::Bucket
#       - AWS::S3::BucketPolicy
#       - AWS::S3::AccessPoint
#       - AWS::S3::MultiRegionAccessPoint
#       - AWS::S3::MultiRegionAccessPointPolicy
#       - AWS::S3ObjectLambda::AccessPointPolicy
#       - AWS::S3Outposts::BucketPolicy
#       - AWS::S3Express::BucketPolicy
#       - AWS::S3Tables::TableBucketPolicy
#       - AWS::S3Tables::TablePolicy
#       - AWS::EC2::SnapshotBlockPublicAccess
#       - AWS::ImageBuilder::DistributionConfiguration
#   reads: [[AccessControl], [PolicyDocument], [Policy], [ResourcePolicy], [State], [PublicAccessBlockConfiguration]]
package paylint.rules.public_storage.cloudformation

import data.paylint.cfn
import data.paylint.lib

buckets := cfn.all(["AWS::S3::Bucket"])

applies contains r.id if some r in buckets

switches := ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"]

# Of a block that is written, a switch that is left out is off; of one that is not, all are on since April 2023.
deny contains {"subject": r.id, "path": ["PublicAccessBlockConfiguration", key], "msg": msg} if {
	some r in buckets
	lib.present(r.config, "PublicAccessBlockConfiguration")
	some key in switches
	not cfn.on(r, ["PublicAccessBlockConfiguration", key])
	msg := sprintf("%s is not on: `%s` leaves a way to make the bucket public; set all four to true", [key, r.name])
}

# An access point or several regions': there all four are on unless written otherwise.
deny contains {"subject": r.id, "path": ["PublicAccessBlockConfiguration", key], "msg": msg} if {
	some r in cfn.all(["AWS::S3::AccessPoint", "AWS::S3::MultiRegionAccessPoint"])
	some key in switches
	lib.falsy(r.config.PublicAccessBlockConfiguration[key])
	msg := sprintf("%s is off: `%s` leaves a way to make the bucket public; set all four to true", [key, r.name])
}

applies contains r.id if {
	some r in cfn.all(["AWS::S3::AccessPoint", "AWS::S3::MultiRegionAccessPoint"])
	lib.present(r.config, "PublicAccessBlockConfiguration")
}

# ACLs that a public access block of the same bucket makes void are no exposure.
shielded(r) if {
	cfn.on(r, ["PublicAccessBlockConfiguration", "IgnorePublicAcls"])
	cfn.on(r, ["PublicAccessBlockConfiguration", "RestrictPublicBuckets"])
}

deny contains {"subject": r.id, "path": ["AccessControl"], "msg": msg} if {
	some r in buckets
	acl := lib.text(r.config.AccessControl)
	acl in {"PublicRead", "PublicReadWrite", "AuthenticatedRead"}
	not shielded(r)
	msg := sprintf("ACL %s lets everyone read bucket `%s`; drop the ACL and block public access", [acl, r.name])
}

# Policies: {r, key, policy}.
policy_keys := {
	"AWS::S3::BucketPolicy": "PolicyDocument",
	"AWS::S3::AccessPoint": "Policy",
	"AWS::S3::MultiRegionAccessPointPolicy": "Policy",
	"AWS::S3ObjectLambda::AccessPointPolicy": "PolicyDocument",
	"AWS::S3Outposts::BucketPolicy": "PolicyDocument",
	"AWS::S3Express::BucketPolicy": "PolicyDocument",
	"AWS::S3Tables::TableBucketPolicy": "ResourcePolicy",
	"AWS::S3Tables::TablePolicy": "ResourcePolicy",
}

holders contains {"r": r, "key": key, "policy": r.config[key]} if {
	some type, key in policy_keys
	r := input.cloudformation[type][_]
	lib.present(r.config, key)
}

applies contains holder.r.id if some holder in holders

# Where public buckets are restricted, a policy for everyone lets in the own account and services only.
restricted(r) if {
	r.type == "AWS::S3::BucketPolicy"
	some bucket in buckets
	cfn.refers(r, ["Bucket"], bucket)
	cfn.on(bucket, ["PublicAccessBlockConfiguration", "RestrictPublicBuckets"])
}

deny contains {"subject": holder.r.id, "path": array.concat([holder.key], statement.path), "msg": msg} if {
	some holder in holders
	some statement in lib.statements(holder.policy)
	lib.lets_everyone_in(holder.policy, statement)
	not restricted(holder.r)
	msg := sprintf("a statement of `%s` allows %v to everyone in the world; name the principals, or add a condition", [holder.r.name, statement.actions])
}

unknown contains {"subject": holder.r.id, "reason": "whom its policy lets in is known only at deployment"} if {
	some holder in holders
	some statement in lib.statements(holder.policy)
	lib.may_let_everyone_in(holder.policy, statement)
	not named(statement)
}

# All it names are accounts, roles or identities of CloudFront, whichever.
named(statement) if {
	count(statement.principals) > 0
	not lib.principal_is_everyone(statement.principals)
	every principal in statement.principals {
		is_named(principal)
	}
}

is_named(principal) if is_string(principal)

is_named(principal) if cfn.somebody(principal)

applies contains r.id if some r in cfn.all(["AWS::EC2::SnapshotBlockPublicAccess"])

deny contains {"subject": r.id, "path": ["State"], "msg": msg} if {
	r := input.cloudformation["AWS::EC2::SnapshotBlockPublicAccess"][_]
	lower(lib.text(r.config.State)) == "unblocked"
	msg := sprintf("`%s` lets anyone in the account publish to the world; set State to block-all-sharing or block-new-sharing", [r.name])
}

images contains {"r": r, "path": ["Distributions", i, "AmiDistributionConfiguration", "LaunchPermissionConfiguration", "UserGroups"], "groups": groups} if {
	r := input.cloudformation["AWS::ImageBuilder::DistributionConfiguration"][_]
	groups := r.config.Distributions[i].AmiDistributionConfiguration.LaunchPermissionConfiguration.UserGroups
}

applies contains image.r.id if some image in images

deny contains {"subject": image.r.id, "path": image.path, "msg": msg} if {
	some image in images
	"all" in lib.as_array(image.groups)
	msg := sprintf("`%s` lets every AWS account start its images and read their disks; name accounts in UserIds instead", [image.r.name])
}
