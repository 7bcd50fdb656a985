# METADATA
# title: An AWS resource is shared with everyone without a policy document
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_lambda_permission
#       - aws_lambda_function_url
#       - aws_lambda_layer_version_permission
#       - aws_cloudwatch_event_permission
#       - aws_ssm_document
#       - aws_vpc_endpoint_service
#   reads: [[principal], [authorization_type], [allowed_principals], [acceptance_required], [permissions]]
package paylint.rules.public_resource_policy.terraform_aws_grants

import data.paylint.lib

# What may be granted to "*", and what then still narrows it.
grants := {
	"aws_lambda_permission": ["source_arn", "source_account", "principal_org_id", "event_source_token"],
	"aws_lambda_layer_version_permission": ["organization_id"],
	"aws_cloudwatch_event_permission": ["condition"],
}

applies contains r.id if {
	some type in ["aws_lambda_permission", "aws_lambda_layer_version_permission", "aws_cloudwatch_event_permission", "aws_lambda_function_url", "aws_ssm_document", "aws_vpc_endpoint_service"]
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["principal"], "msg": msg} if {
	some type, limits in grants
	r := input.terraform[type][_]
	lib.principal_is_everyone(r.config.principal)
	count([limit | some limit in limits; lib.present(r.config, limit)]) == 0
	msg := sprintf("`%s` lets every account in the world in; name the principal, or set one of %s", [r.name, concat(", ", limits)])
}

# The provider adds a statement for everyone to such a function.
deny contains {"subject": r.id, "path": ["authorization_type"], "msg": msg, "confidence": "medium"} if {
	r := input.terraform.aws_lambda_function_url[_]
	upper(lib.text(r.config.authorization_type)) == "NONE"
	msg := sprintf("everyone may call the function behind `%s`; set authorization_type to AWS_IAM, or put a gateway that checks callers before it", [r.name])
}

deny contains {"subject": r.id, "path": ["permissions", "account_ids"], "msg": msg} if {
	r := input.terraform.aws_ssm_document[_]
	permissions := lib.as_array(r.config.permissions)[_]
	regex.match(`(?i)(^|,)\s*all\s*(,|$)`, lib.text(permissions.account_ids))
	msg := sprintf("document `%s` is published to every account; name the accounts that need it", [r.name])
}

# Whoever asks for a connection must be accepted by hand, or "*" lets everyone in.
deny contains {"subject": r.id, "path": ["allowed_principals", i], "msg": msg} if {
	r := input.terraform.aws_vpc_endpoint_service[_]
	lib.falsy(r.config.acceptance_required)
	lib.principal_is_everyone(r.config.allowed_principals[i])
	msg := sprintf("every account may connect to endpoint service `%s`; name the accounts, or set acceptance_required = true", [r.name])
}

# Any bucket, topic, rule or API of the service, whoever's, may call a function that does not name its own.
callers := {"s3.amazonaws.com", "sns.amazonaws.com", "events.amazonaws.com", "apigateway.amazonaws.com", "iot.amazonaws.com", "ses.amazonaws.com", "logs.amazonaws.com", "config.amazonaws.com"}

deny contains {"subject": r.id, "path": ["principal"], "msg": msg, "severity": "medium", "confidence": "medium"} if {
	r := input.terraform.aws_lambda_permission[_]
	lower(lib.text(r.config.principal)) in callers
	count([limit | some limit in grants.aws_lambda_permission; lib.present(r.config, limit)]) == 0
	msg := sprintf("`%s` lets %s call the function for any customer of AWS; set source_arn, or source_account", [r.name, r.config.principal])
}
