# METADATA
# title: A managed policy of administrators is attached
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_iam_role_policy_attachment
#       - aws_iam_user_policy_attachment
#       - aws_iam_group_policy_attachment
#       - aws_iam_policy_attachment
#       - aws_iam_role_policy_attachments_exclusive
#       - aws_iam_user_policy_attachments_exclusive
#       - aws_iam_group_policy_attachments_exclusive
#       - aws_iam_role
#       - aws_ssoadmin_managed_policy_attachment
#       - aws_eks_access_policy_association
package paylint.rules.excessive_privilege.terraform_aws_attachments

import data.paylint.lib

one_key := {
	"aws_iam_role_policy_attachment": "policy_arn",
	"aws_iam_user_policy_attachment": "policy_arn",
	"aws_iam_group_policy_attachment": "policy_arn",
	"aws_iam_policy_attachment": "policy_arn",
	"aws_ssoadmin_managed_policy_attachment": "managed_policy_arn",
	"aws_eks_access_policy_association": "policy_arn",
}

list_keys := {
	"aws_iam_role_policy_attachments_exclusive": "policy_arns",
	"aws_iam_user_policy_attachments_exclusive": "policy_arns",
	"aws_iam_group_policy_attachments_exclusive": "policy_arns",
	"aws_iam_role": "managed_policy_arns",
}

administrators := {
	"AdministratorAccess": "makes its holder administrator of the account",
	"IAMFullAccess": "lets its holder take any right",
	"PowerUserAccess": "allows every action of nearly every service",
}

# One policy that is attached: {r, path, arn}.
attached contains {"r": r, "path": [key], "arn": r.config[key]} if {
	some type, key in one_key
	r := input.terraform[type][_]
	lib.present(r.config, key)
}

attached contains {"r": r, "path": [key, i], "arn": arn} if {
	some type, key in list_keys
	r := input.terraform[type][_]
	arn := r.config[key][i]
}

applies contains found.r.id if some found in attached

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in attached
	some name, what in administrators
	regex.match(sprintf(`^arn:aws[a-z-]*:iam::aws:policy/%s$`, [name]), lib.text(found.arn))
	msg := sprintf("`%s` %s; grant what the role needs", [found.r.name, what])
}

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in attached
	regex.match(`:cluster-access-policy/AmazonEKSClusterAdminPolicy$`, lib.text(found.arn))
	lower(lib.text(found.r.config.access_scope[_].type)) == "cluster"
	msg := sprintf("`%s` makes its holder administrator of the whole cluster; use AmazonEKSEditPolicy or less, for named namespaces", [found.r.name])
}

# Every action of a service, on every resource of it: less severe than an administrator's. Not those of telemetry,
# prices and support.
service_policies := `^arn:aws[a-z-]*:iam::aws:policy/(?:job-function/)?((?:Amazon|AWS)[A-Za-z0-9_-]*FullAccess|SecretsManagerReadWrite|AWSKeyManagementServicePowerUser|AWSOrganizationsFullAccess|AWSSSOMasterAccountAdministrator|DatabaseAdministrator|NetworkAdministrator|SystemAdministrator|DataScientist)$`

deny contains {"subject": found.r.id, "path": found.path, "msg": msg, "severity": "medium", "confidence": "medium"} if {
	some found in attached
	regex.match(service_policies, lib.text(found.arn))
	not regex.match(`IAMFullAccess$|(?i:/|^)(?:AWS|Amazon)(?i:XRay|Health|Support|PriceList|ServiceQuotas|CloudWatch)`, lib.text(found.arn))
	msg := sprintf("`%s` may do everything with every resource of a service (%v); name the actions and the resources it needs", [found.r.name, found.arn])
}

# The policy is looked up by its name.
deny contains {"subject": found.r.id, "path": [], "msg": msg} if {
	some found in attached
	policy := input.terraform["data.aws_iam_policy"][_]
	lib.refers(found.r, found.path, policy)
	some name, what in administrators
	policy.config.name == name
	msg := sprintf("`%s` %s; grant what the role needs", [found.r.name, what])
}

unknown contains {"subject": found.r.id, "reason": "which policy is attached is known only at apply"} if {
	some found in attached
	lib.is_unknown(found.arn)
	not own_policy(found)
}

# A policy of one's own is judged where it is written.
own_policy(found) if {
	policy := input.terraform.aws_iam_policy[_]
	lib.refers(found.r, found.path, policy)
}

own_policy(found) if {
	policy := input.terraform["data.aws_iam_policy"][_]
	lib.refers(found.r, found.path, policy)
	lib.text(policy.config.name)
}

unknown contains {"subject": r.id, "reason": "which policies are attached is known only at apply"} if {
	some type, key in list_keys
	r := input.terraform[type][_]
	lib.is_unknown(r.config[key])
}
