# METADATA
# title: Whoever finds an API of AWS may call it
# custom:
#   confidence: medium
#   severity: medium
#   applies_to:
#     cloudformation:
#       - AWS::ApiGateway::Method
#       - AWS::ApiGatewayV2::Route
#       - AWS::AppSync::GraphQLApi
#       - AWS::Serverless::Function
#   reads: [[AuthorizationType], [AuthenticationType]]
package paylint.rules.authentication_off.cloudformation_api

import data.paylint.aws
import data.paylint.cfn
import data.paylint.lib

# A browser asks with OPTIONS before it sends who it is. Who needs a key is known by it; a private API, or one with a
# policy, is guarded there.
methods contains r if {
	r := input.cloudformation["AWS::ApiGateway::Method"][_]
	not upper(lib.text(r.config.HttpMethod)) == "OPTIONS"
	not lib.truthy(r.config.ApiKeyRequired)
	not guarded(r)
	not open_by_nature(r)
}

open_by_nature(r) if {
	resource := input.cloudformation["AWS::ApiGateway::Resource"][_]
	cfn.refers(r, ["ResourceId"], resource)
	aws.open_by_nature(lib.text(resource.config.PathPart))
}

guarded(r) if {
	api := input.cloudformation["AWS::ApiGateway::RestApi"][_]
	cfn.refers(r, ["RestApiId"], api)
	has_limits(api)
}

has_limits(api) if "PRIVATE" in lib.as_array(object.get(api.config, ["EndpointConfiguration", "Types"], []))

has_limits(api) if lib.present(api.config, "Policy")

applies contains r.id if some r in methods

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some r in methods
	found := cfn.bad(r.config, ["AuthorizationType"], {"none"})[_]
	msg := sprintf("everyone may call method `%s`; set AuthorizationType to AWS_IAM, COGNITO_USER_POOLS or CUSTOM with an authorizer", [r.name])
}

# In a WebSocket API only $connect asks who it is.
routes contains r if {
	r := input.cloudformation["AWS::ApiGatewayV2::Route"][_]
	regex.match(`^(?:\$connect$|(?:ANY|GET|POST|PUT|PATCH|DELETE|HEAD) /)`, lib.text(r.config.RouteKey))
	not lib.truthy(r.config.ApiKeyRequired)
	not aws.open_by_nature(r.config.RouteKey)
}

routes contains r if {
	r := input.cloudformation["AWS::ApiGatewayV2::Route"][_]
	r.config.RouteKey == "$default"
	api := input.cloudformation["AWS::ApiGatewayV2::Api"][_]
	cfn.refers(r, ["ApiId"], api)
	upper(lib.text(api.config.ProtocolType)) == "HTTP"
}

applies contains r.id if some r in routes

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some r in routes
	found := cfn.bad(r.config, ["AuthorizationType"], {"", "none"})[_]
	msg := sprintf("everyone may call route `%s`; set AuthorizationType to JWT, AWS_IAM or CUSTOM with an authorizer", [r.name])
}

applies contains r.id if r := input.cloudformation["AWS::AppSync::GraphQLApi"][_]

deny contains {"subject": r.id, "path": found.path, "msg": msg, "severity": "low"} if {
	r := input.cloudformation["AWS::AppSync::GraphQLApi"][_]
	found := cfn.bad(r.config, ["AuthenticationType"], {"api_key"})[_]
	msg := sprintf("one key that every client carries opens API `%s`; authenticate callers with AWS_IAM, OPENID_CONNECT or Cognito", [r.name])
}

deny contains {"subject": r.id, "path": found.path, "msg": msg, "severity": "low"} if {
	r := input.cloudformation["AWS::AppSync::GraphQLApi"][_]
	found := cfn.bad(r.config, ["AdditionalAuthenticationProviders", "*", "AuthenticationType"], {"api_key"})[_]
	msg := sprintf("one key that every client carries opens API `%s` as well; leave the provider out", [r.name])
}

# A function of SAM whose event says that its API's authorizer is not for it.
events contains {"r": r, "path": ["Events", name, "Properties", "Auth", "Authorizer"], "authorizer": authorizer} if {
	r := input.cloudformation["AWS::Serverless::Function"][_]
	event := r.config.Events[name]
	event.Type in {"Api", "HttpApi"}
	not lower(lib.text(event.Properties.Method)) == "options"
	not aws.open_by_nature(lib.text(event.Properties.Path))
	authorizer := event.Properties.Auth.Authorizer
}

applies contains event.r.id if some event in events

deny contains {"subject": event.r.id, "path": event.path, "msg": msg} if {
	some event in events
	upper(lib.text(event.authorizer)) == "NONE"
	msg := sprintf("everyone may call function `%s` through its API; name an authorizer", [event.r.name])
}
