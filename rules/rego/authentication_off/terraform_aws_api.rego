# METADATA
# title: Whoever finds an API of AWS may call it
# custom:
#   confidence: medium
#   severity: medium
#   applies_to:
#     terraform:
#       - aws_api_gateway_method
#       - aws_apigatewayv2_route
#       - aws_appsync_graphql_api
package paylint.rules.authentication_off.terraform_aws_api

import data.paylint.aws
import data.paylint.lib

# A browser asks with OPTIONS before it sends who it is. Who needs a key is known by it; a private API, or one with a
# policy, is guarded there.
methods contains r if {
	r := input.terraform.aws_api_gateway_method[_]
	not upper(lib.text(r.config.http_method)) == "OPTIONS"
	not lib.truthy(r.config.api_key_required)
	not guarded(r)
	not open_by_nature(r)
}

open_by_nature(r) if {
	resource := input.terraform.aws_api_gateway_resource[_]
	lib.refers(r, "resource_id", resource)
	aws.open_by_nature(lib.text(resource.config.path_part))
}

guarded(r) if {
	api := input.terraform.aws_api_gateway_rest_api[_]
	lib.refers(r, "rest_api_id", api)
	has_limits(api)
}

has_limits(api) if "PRIVATE" in api.config.endpoint_configuration[_].types

has_limits(api) if lib.present(api.config, "policy")

has_limits(api) if {
	policy := input.terraform.aws_api_gateway_rest_api_policy[_]
	lib.refers(policy, "rest_api_id", api)
}

applies contains r.id if some r in methods

deny contains {"subject": r.id, "path": ["authorization"], "msg": msg} if {
	some r in methods
	upper(lib.text(r.config.authorization)) == "NONE"
	msg := sprintf("everyone may call method `%s`; set authorization to AWS_IAM, COGNITO_USER_POOLS or CUSTOM with an authorizer", [r.name])
}

unknown contains {"subject": r.id, "reason": "how it authorizes callers is known only at apply"} if {
	some r in methods
	lib.is_unknown(r.config.authorization)
}

# In a WebSocket API only $connect asks who it is.
routes contains r if {
	r := input.terraform.aws_apigatewayv2_route[_]
	regex.match(`^(?:\$connect$|(?:ANY|GET|POST|PUT|PATCH|DELETE|HEAD) /)`, lib.text(r.config.route_key))
	not lib.truthy(r.config.api_key_required)
	not aws.open_by_nature(r.config.route_key)
}

routes contains r if {
	r := input.terraform.aws_apigatewayv2_route[_]
	r.config.route_key == "$default"
	api := input.terraform.aws_apigatewayv2_api[_]
	lib.refers(r, "api_id", api)
	upper(lib.text(api.config.protocol_type)) == "HTTP"
}

applies contains r.id if some r in routes

deny contains {"subject": r.id, "path": ["authorization_type"], "msg": msg} if {
	some r in routes
	not lib.is_unknown(object.get(r.config, "authorization_type", ""))
	upper(lib.text(object.get(r.config, "authorization_type", "NONE"))) == "NONE"
	msg := sprintf("everyone may call route `%s`; set authorization_type to JWT, AWS_IAM or CUSTOM with an authorizer", [r.name])
}

unknown contains {"subject": r.id, "reason": "how it authorizes callers is known only at apply"} if {
	some r in routes
	lib.is_unknown(r.config.authorization_type)
}

applies contains r.id if r := input.terraform.aws_appsync_graphql_api[_]

deny contains {"subject": r.id, "path": ["authentication_type"], "msg": msg, "severity": "low"} if {
	r := input.terraform.aws_appsync_graphql_api[_]
	r.config.authentication_type == "API_KEY"
	msg := sprintf("one key that every client carries opens API `%s`; authenticate callers with AWS_IAM, OPENID_CONNECT or Cognito", [r.name])
}

deny contains {"subject": r.id, "path": ["additional_authentication_provider", i, "authentication_type"], "msg": msg, "severity": "low"} if {
	r := input.terraform.aws_appsync_graphql_api[_]
	r.config.additional_authentication_provider[i].authentication_type == "API_KEY"
	msg := sprintf("one key that every client carries opens API `%s` as well; leave the provider out", [r.name])
}

unknown contains {"subject": r.id, "reason": "how it authenticates callers is known only at apply"} if {
	r := input.terraform.aws_appsync_graphql_api[_]
	lib.is_unknown(r.config.authentication_type)
}
