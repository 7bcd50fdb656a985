# METADATA
# title: An AWS resource is shared with everyone without a policy document
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::Lambda::Permission
#       - AWS::Lambda::LayerVersionPermission
#       - AWS::Lambda::Url
#       - AWS::Serverless::Function
#       - AWS::Events::EventBusPolicy
#       - AWS::EC2::VPCEndpointServicePermissions
#   reads: [[Principal], [AuthType], [FunctionUrlConfig], [FunctionUrlConfig, AuthType]]
package paylint.rules.public_resource_policy.cloudformation_grants

import data.paylint.cfn
import data.paylint.lib

# What may be granted to "*", and what then still narrows it.
grants := {
	"AWS::Lambda::Permission": ["SourceArn", "SourceAccount", "PrincipalOrgID", "EventSourceToken"],
	"AWS::Lambda::LayerVersionPermission": ["OrganizationId"],
	"AWS::Events::EventBusPolicy": ["Condition"],
}

applies contains r.id if {
	some type, _ in grants
	r := input.cloudformation[type][_]
	lib.present(r.config, "Principal")
}

deny contains {"subject": r.id, "path": ["Principal"], "msg": msg} if {
	some type, limits in grants
	r := input.cloudformation[type][_]
	lib.principal_is_everyone(r.config.Principal)
	count([limit | some limit in limits; lib.present(r.config, limit)]) == 0
	msg := sprintf("`%s` lets every account in the world in; name the principal, or set one of %s", [r.name, concat(", ", limits)])
}

urls := {"AWS::Lambda::Url": ["AuthType"], "AWS::Serverless::Function": ["FunctionUrlConfig", "AuthType"]}

applies contains r.id if {
	some type, path in urls
	r := input.cloudformation[type][_]
	object.get(r.config, path, null) != null
}

deny contains {"subject": r.id, "path": path, "msg": msg, "confidence": "medium"} if {
	some type, path in urls
	r := input.cloudformation[type][_]
	upper(lib.text(object.get(r.config, path, null))) == "NONE"
	msg := sprintf("everyone may call the function behind `%s`; set AuthType to AWS_IAM, or put a gateway that checks callers before it", [r.name])
}

# Whoever asks for a connection must be accepted by hand, or "*" lets everyone in.
services contains {"r": r, "i": i, "who": who} if {
	r := input.cloudformation["AWS::EC2::VPCEndpointServicePermissions"][_]
	who := r.config.AllowedPrincipals[i]
}

applies contains service.r.id if some service in services

deny contains {"subject": service.r.id, "path": ["AllowedPrincipals", service.i], "msg": msg} if {
	some service in services
	lib.principal_is_everyone(service.who)
	not by_hand(service.r)
	msg := sprintf("every account may connect to the endpoint service of `%s`; name the accounts, or set AcceptanceRequired: true", [service.r.name])
}

# By hand is the default.
by_hand(r) if {
	other := input.cloudformation["AWS::EC2::VPCEndpointService"][_]
	cfn.refers(r, ["ServiceId"], other)
	not lib.falsy(other.config.AcceptanceRequired)
}

unknown contains {"subject": service.r.id, "reason": "who may connect is known only at deployment"} if {
	some service in services
	lib.is_unknown(service.who)
	not cfn.somebody(service.who)
}

# Any bucket, topic, rule or API of the service, whoever's, may call a function that does not name its own.
callers := {"s3.amazonaws.com", "sns.amazonaws.com", "events.amazonaws.com", "apigateway.amazonaws.com", "iot.amazonaws.com", "ses.amazonaws.com", "logs.amazonaws.com", "config.amazonaws.com"}

deny contains {"subject": r.id, "path": ["Principal"], "msg": msg, "severity": "medium", "confidence": "medium"} if {
	r := input.cloudformation["AWS::Lambda::Permission"][_]
	lower(lib.text(r.config.Principal)) in callers
	count([limit | some limit in grants["AWS::Lambda::Permission"]; lib.present(r.config, limit)]) == 0
	msg := sprintf("`%s` lets %s call the function for any customer of AWS; set SourceArn, or SourceAccount", [r.name, r.config.Principal])
}
