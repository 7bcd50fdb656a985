# METADATA
# title: An IAM policy grants everything, a whole service, or the way to more rights
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::IAM::Policy
#       - AWS::IAM::ManagedPolicy
#       - AWS::IAM::RolePolicy
#       - AWS::IAM::UserPolicy
#       - AWS::IAM::GroupPolicy
#       - AWS::IAM::Role
#       - AWS::IAM::User
#       - AWS::IAM::Group
#       - AWS::SSO::PermissionSet
#       - AWS::IoT::Policy
#       - AWS::Serverless::Function
#       - AWS::Serverless::StateMachine
package paylint.rules.excessive_privilege.cloudformation

import data.paylint.cfn
import data.paylint.lib

policy_keys := {
	"AWS::IAM::Policy": "PolicyDocument",
	"AWS::IAM::ManagedPolicy": "PolicyDocument",
	"AWS::IAM::RolePolicy": "PolicyDocument",
	"AWS::IAM::UserPolicy": "PolicyDocument",
	"AWS::IAM::GroupPolicy": "PolicyDocument",
	"AWS::SSO::PermissionSet": "InlinePolicy",
	"AWS::IoT::Policy": "PolicyDocument",
}

# One policy that gives rights to whoever it is attached to: {r, path, policy}.
holders contains {"r": r, "path": [key], "policy": r.config[key]} if {
	some type, key in policy_keys
	r := input.cloudformation[type][_]
	lib.present(r.config, key)
	not is_boundary(r)
}

holders contains {"r": r, "path": ["Policies", i, "PolicyDocument"], "policy": r.config.Policies[i].PolicyDocument} if {
	some r in cfn.all(["AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group"])
	lib.present(r.config.Policies[i], "PolicyDocument")
}

# SAM takes statements among its own templates and names.
holders contains {"r": r, "path": ["Policies", i], "policy": r.config.Policies[i]} if {
	some r in cfn.all(["AWS::Serverless::Function", "AWS::Serverless::StateMachine"])
	lib.present(r.config.Policies[i], "Statement")
}

# Or one document where a list of them belongs.
holders contains {"r": r, "path": ["Policies"], "policy": r.config.Policies} if {
	some r in cfn.all(["AWS::Serverless::Function", "AWS::Serverless::StateMachine"])
	lib.present(r.config.Policies, "Statement")
}

# A boundary may say "*" without granting it.
is_boundary(r) if {
	other := cfn.all(["AWS::IAM::Role", "AWS::IAM::User"])[_]
	lib.refers(other, "PermissionsBoundary", r)
}

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

any_of_a_kind(statement) if regex.match(`^arn:aws[a-z-]*:[a-z0-9*-]+:(?:[a-z0-9*-]*|\$\{AWS::Region\}):(?:[0-9*]*|\$\{AWS::AccountId\}):(?:\*|\*/\*|(?:role|user|group|policy|key|secret|table|function|instance|db|cluster|parameter|trail)[/:]\*)$`, cfn.written(statement.resources[_]))

everything(statement) if lib.action_is_everything(statement.actions[_])

place(grant) := array.concat(grant.holder.path, grant.statement.path)

deny contains {"subject": grant.holder.r.id, "path": place(grant), "msg": msg} if {
	some grant in grants
	everything(grant.statement)
	any_resource(grant.statement)
	msg := sprintf("`%s` allows every action on every resource; grant the actions the role needs", [grant.holder.r.name])
}

deny contains {"subject": grant.holder.r.id, "path": place(grant), "msg": msg} if {
	some grant in grants
	count(grant.statement.not_actions) > 0
	any_resource(grant.statement)
	msg := sprintf("`%s` allows every action but %v, those of new services included; list the actions the role needs instead of NotAction", [grant.holder.r.name, grant.statement.not_actions])
}

# Services that hold identities, keys, secrets, trails, data or machines.
wide_services := {
	"account", "cloudformation", "cloudtrail", "cognito-idp", "dynamodb", "ec2", "ecs", "eks", "iam", "identitystore",
	"iot", "kms", "lambda", "organizations", "rds", "redshift", "s3", "secretsmanager", "ssm", "sso", "sts",
}

wide_actions(statement) := {action |
	some action in statement.actions
	lib.action_is_service_wide(action)
	lower(split(action, ":")[0]) in wide_services
}

deny contains {"subject": grant.holder.r.id, "path": place(grant), "msg": msg, "confidence": "medium"} if {
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

deny contains {"subject": grant.holder.r.id, "path": place(grant), "msg": msg, "confidence": "medium", "severity": "medium"} if {
	some grant in grants
	not everything(grant.statement)
	count(wide_actions(grant.statement)) == 0
	other := other_actions(grant.statement)
	count(other) > 0
	msg := sprintf("`%s` allows %s on every resource of the service; name the actions and the resources the role needs", [grant.holder.r.name, concat(", ", sort(other))])
}

# Each of these, on every resource, is a way to any other right.
escalations := {
	"iam:AddUserToGroup", "iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:CreateAccessKey",
	"iam:CreateLoginProfile", "iam:CreatePolicyVersion", "iam:PassRole", "iam:PutGroupPolicy", "iam:PutRolePolicy",
	"iam:PutUserPolicy", "iam:SetDefaultPolicyVersion", "iam:UpdateAssumeRolePolicy", "iam:UpdateLoginProfile",
	"sts:AssumeRole",
}

deny contains {"subject": grant.holder.r.id, "path": place(grant), "msg": msg, "confidence": "medium"} if {
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

deny contains {"subject": grant.holder.r.id, "path": place(grant), "msg": msg, "confidence": "medium", "severity": weight(wide)} if {
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

unknown contains {"subject": holder.r.id, "reason": "its policy is known only at deployment"} if {
	some holder in holders
	cfn.unclear(holder.policy, [["Statement", "*"]])
}

unknown contains {"subject": holder.r.id, "reason": "what it allows is known only at deployment"} if {
	some holder in holders
	some statement in lib.statements(holder.policy)
	lib.allows(statement)
	not statement.conditional
	any_resource(statement)
	lib.is_unknown(statement.actions[_])
}

# A resource of this template, or a text that begins like a name, is not all of them.
unknown contains {"subject": holder.r.id, "reason": "on what it allows every action is known only at deployment"} if {
	some holder in holders
	some statement in lib.statements(holder.policy)
	lib.allows(statement)
	not statement.conditional
	everything(statement)
	resource := statement.resources[_]
	lib.is_unknown(resource)
	not cfn.somebody(resource)
}
