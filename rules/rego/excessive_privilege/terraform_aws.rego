# METADATA
# title: An IAM policy grants everything
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_iam_policy
#       - aws_iam_role_policy
#       - aws_iam_user_policy
#       - aws_iam_group_policy
#       - aws_iam_role_policy_attachment
#       - aws_iam_user_policy_attachment
#       - aws_iam_group_policy_attachment
#       - aws_iam_policy_attachment
package paylint.rules.excessive_privilege.terraform_aws

import data.paylint.lib

policies := ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"]

attachments := ["aws_iam_role_policy_attachment", "aws_iam_user_policy_attachment", "aws_iam_group_policy_attachment", "aws_iam_policy_attachment"]

applies contains r.id if {
	some type in array.concat(policies, attachments)
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": array.concat(["policy"], statement.path), "msg": msg} if {
	some type in policies
	r := input.terraform[type][_]
	some statement in lib.statements(r.config.policy)
	lib.allows(statement)
	lib.action_is_everything(statement.actions[_])
	"*" in statement.resources
	not statement.conditional
	msg := sprintf("`%s` allows every action on every resource; grant the actions the role needs", [r.name])
}

deny contains {"subject": r.id, "path": ["policy_arn"], "msg": msg} if {
	some type in attachments
	r := input.terraform[type][_]
	endswith(lib.text(r.config.policy_arn), ":aws:policy/AdministratorAccess")
	msg := sprintf("`%s` makes its holder administrator of the account; grant what the role needs", [r.name])
}

unknown contains {"subject": r.id, "reason": "its policy is known only at apply"} if {
	some type in policies
	r := input.terraform[type][_]
	lib.is_unknown(r.config.policy)
}
