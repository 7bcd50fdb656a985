# METADATA
# title: An IAM policy grants everything, a whole service, or the way to more rights
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_iam_policy
#       - aws_iam_role_policy
#       - aws_iam_user_policy
#       - aws_iam_group_policy
#       - aws_iam_role
#       - aws_ssoadmin_permission_set_inline_policy
#       - aws_iot_policy
#       - data.aws_iam_policy_document
package paylint.rules.excessive_privilege.terraform_aws

import data.paylint.aws
import data.paylint.lib

policy_keys := {
	"aws_iam_policy": "policy",
	"aws_iam_role_policy": "policy",
	"aws_iam_user_policy": "policy",
	"aws_iam_group_policy": "policy",
	"aws_ssoadmin_permission_set_inline_policy": "inline_policy",
	"aws_iot_policy": "policy",
}

# One policy that gives rights to whoever it is attached to: {r, path, policy}.
holders contains {"r": r, "path": [key], "policy": r.config[key]} if {
	some type, key in policy_keys
	r := input.terraform[type][_]
	lib.present(r.config, key)
	not is_boundary(r)
}

# A boundary may say "*" without granting it.
is_boundary(r) if aws.among(boundaries[_], r)

boundaries := [
	aws.pointed("aws_iam_role", ["permissions_boundary"]),
	aws.pointed("aws_iam_user", ["permissions_boundary"]),
]

holders contains {"r": r, "path": ["inline_policy", i, "policy"], "policy": r.config.inline_policy[i].policy} if {
	r := input.terraform.aws_iam_role[_]
	lib.present(r.config.inline_policy[i], "policy")
}

# A document that nothing here uses. One that is used is judged where it is: a boundary, or a policy of the organisation,
# may say "*" without granting it.
holders contains {"r": r, "path": [], "policy": r.config} if {
	r := input.terraform["data.aws_iam_policy_document"][_]
	not is_used(r)
}

used contains address if {
	some type, subjects in input.terraform
	type != "output"
	address := subjects[_].refs[_][_]
	contains(address, "data.aws_iam_policy_document.")
}

# Whichever instance of it, in whichever module.
is_used(r) if regex.match(sprintf(`(?:^|\.)data\.aws_iam_policy_document\.%s(?:\[[^\]]*\])?$`, [r.name]), used[_])

applies contains holder.r.id if some holder in holders

grants contains {"holder": holder, "statement": statement} if {
	some holder in holders
	some statement in lib.statements(holder.policy)
	lib.allows(statement)
	any_of_a_kind(statement)
	not narrowed(holder.policy, statement)
	count(statement.principals) + count(statement.not_principals) == 0
}

narrowed(policy, statement) if {
	statement.conditional
	not lib.limits_nothing(policy, statement)
}

any_resource(statement) if regex.match(`^\*+$`, lib.text(statement.resources[_]))

any_resource(statement) if count(statement.not_resources) > 0

any_of_a_kind(statement) if any_resource(statement)

any_of_a_kind(statement) if regex.match(`^arn:aws[a-z-]*:[a-z0-9*-]+:[a-z0-9*-]*:[0-9*]*:(?:\*|\*/\*|(?:role|user|group|policy|key|secret|table|function|instance|db|cluster|parameter|trail)[/:]\*)$`, lib.text(statement.resources[_]))

everything(statement) if lib.action_is_everything(statement.actions[_])

deny contains {"subject": grant.holder.r.id, "path": array.concat(grant.holder.path, grant.statement.path), "msg": msg} if {
	some grant in grants
	everything(grant.statement)
	any_resource(grant.statement)
	msg := sprintf("`%s` allows every action on every resource; grant the actions the role needs", [grant.holder.r.name])
}

deny contains {"subject": grant.holder.r.id, "path": array.concat(grant.holder.path, grant.statement.path), "msg": msg} if {
	some grant in grants
	count(grant.statement.not_actions) > 0
	any_resource(grant.statement)
	msg := sprintf("`%s` allows every action but %v, those of new services included; list the actions the role needs instead of not_actions", [grant.holder.r.name, grant.statement.not_actions])
}

# Services that hold identities, keys, secrets, trails, data or machines.
wide_services := {
	"account",
	"cloudformation",
	"cloudtrail",
	"cognito-idp",
	"dynamodb",
	"ec2",
	"ecs",
	"eks",
	"iam",
	"identitystore",
	"iot",
	"kms",
	"lambda",
	"organizations",
	"rds",
	"redshift",
	"s3",
	"secretsmanager",
	"ssm",
	"sso",
	"sts",
}

wide_actions(statement) := {action |
	some action in statement.actions
	lib.action_is_service_wide(action)
	lower(split(action, ":")[0]) in wide_services
}

deny contains {"subject": grant.holder.r.id, "path": array.concat(grant.holder.path, grant.statement.path), "msg": msg, "confidence": "medium"} if {
	some grant in grants
	not everything(grant.statement)
	wide := wide_actions(grant.statement)
	count(wide) > 0
	msg := sprintf("`%s` allows %s on every resource of the service; name the actions and the resources the role needs", [grant.holder.r.name, concat(", ", sort(wide))])
}

# Any other but those of telemetry and prices, or of what a machine says about itself: less severe, as no identity, key
# or store is among them.
harmless_services := {
	"application-autoscaling", "ce", "cloudwatch", "ec2messages", "health", "logs", "pricing", "servicequotas",
	"ssmmessages", "support", "synthetics", "tag", "trustedadvisor", "xray",
}

other_actions(statement) := {action |
	some action in statement.actions
	lib.action_is_service_wide(action)
	not lower(split(action, ":")[0]) in (wide_services | harmless_services)
}

deny contains {"subject": grant.holder.r.id, "path": array.concat(grant.holder.path, grant.statement.path), "msg": msg, "confidence": "medium", "severity": "medium"} if {
	some grant in grants
	not everything(grant.statement)
	count(wide_actions(grant.statement)) == 0
	other := other_actions(grant.statement)
	count(other) > 0
	msg := sprintf("`%s` allows %s on every resource of the service; name the actions and the resources the role needs", [grant.holder.r.name, concat(", ", sort(other))])
}

# Each of these, on every resource, is a way to any other right.
escalations := {
	"iam:AddUserToGroup",
	"iam:AttachGroupPolicy",
	"iam:AttachRolePolicy",
	"iam:AttachUserPolicy",
	"iam:CreateAccessKey",
	"iam:CreateLoginProfile",
	"iam:CreatePolicyVersion",
	"iam:PassRole",
	"iam:PutGroupPolicy",
	"iam:PutRolePolicy",
	"iam:PutUserPolicy",
	"iam:SetDefaultPolicyVersion",
	"iam:UpdateAssumeRolePolicy",
	"iam:UpdateLoginProfile",
	"sts:AssumeRole",
}

deny contains {"subject": grant.holder.r.id, "path": array.concat(grant.holder.path, grant.statement.path), "msg": msg, "confidence": "medium"} if {
	some grant in grants
	not everything(grant.statement)
	count(wide_actions(grant.statement)) == 0
	ways := [action | some action in escalations; lib.allows_action(grant.statement, action)]
	count(ways) > 0
	msg := sprintf("`%s` allows %s on every role or user, a way to any other right; name the roles or users it is for", [grant.holder.r.name, concat(", ", sort(ways))])
}

# Whoever may read any secret, parameter, file or table may read those of all other workloads.
readings := {
	"dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan", "kms:Decrypt", "rds-data:ExecuteStatement", "s3:DeleteObject",
	"s3:GetObject", "s3:PutBucketPolicy", "s3:PutObject", "secretsmanager:BatchGetSecretValue",
	"secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath",
	"ssm:SendCommand", "ssm:StartSession",
}

deny contains {"subject": grant.holder.r.id, "path": array.concat(grant.holder.path, grant.statement.path), "msg": msg, "confidence": "medium", "severity": weight(wide)} if {
	some grant in grants
	not everything(grant.statement)
	count(wide_actions(grant.statement)) == 0
	count(grant.statement.not_actions) == 0
	count([action | some action in escalations; lib.allows_action(grant.statement, action)]) == 0
	wide := [action | some action in readings; lib.allows_action(grant.statement, action)]
	count(wide) > 0
	msg := sprintf("`%s` allows %s on every resource: what other workloads keep there is open to it too; name the resources it needs", [grant.holder.r.name, concat(", ", sort(wide))])
}

# Who may only decrypt still needs a right to what is encrypted, and the keys' own policies may say no.
weight(wide) := "low" if {
	wide == ["kms:Decrypt"]
} else := "medium"

unknown contains {"subject": holder.r.id, "reason": "its policy is known only at apply"} if {
	some holder in holders
	lib.is_unknown(holder.policy)
}

unknown contains {"subject": holder.r.id, "reason": "what it allows is known only at apply"} if {
	some holder in holders
	some statement in lib.statements(holder.policy)
	lib.allows(statement)
	not statement.conditional
	any_resource(statement)
	lib.is_unknown(statement.actions[_])
}

unknown contains {"subject": holder.r.id, "reason": "on what it allows every action is known only at apply"} if {
	some holder in holders
	some statement in lib.statements(holder.policy)
	lib.allows(statement)
	not statement.conditional
	everything(statement)
	lib.is_unknown(statement.resources[_])
}
