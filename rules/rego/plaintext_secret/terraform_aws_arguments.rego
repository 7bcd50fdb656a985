# METADATA
# title: A secret stands in a nested argument of an AWS resource in plain text
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_alb_listener
#       - aws_api_gateway_api_key
#       - aws_cloudfront_distribution
#       - aws_dx_macsec_key_association
#       - aws_ecs_task_definition
#       - aws_lambda_function
#       - aws_lb_listener
#       - aws_lb_listener_rule
#       - aws_lightsail_container_service_deployment_version
#       - aws_rds_cluster
#       - aws_vpn_connection
package paylint.rules.plaintext_secret.terraform_aws_arguments

import data.paylint.blocks
import data.paylint.keyed
import data.paylint.lib

login := [["default_action", "*", "authenticate_oidc", "*", "client_secret"]]

# Type -> arguments that are secrets.
places := {
	"aws_alb_listener": login,
	"aws_api_gateway_api_key": [["value"]],
	"aws_dx_macsec_key_association": [["cak"]],
	"aws_lb_listener": login,
	"aws_lb_listener_rule": [["action", "*", "authenticate_oidc", "*", "client_secret"]],
	"aws_vpn_connection": [["tunnel1_preshared_key"], ["tunnel2_preshared_key"]],
}

arguments contains {"r": r, "path": found.path, "value": found.value} if {
	some type, shapes in places
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	found.value != null
}

applies contains argument.r.id if some argument in arguments

deny contains {"subject": argument.r.id, "path": argument.path, "msg": msg} if {
	some argument in arguments
	lib.secret_value(argument.value)
	msg := sprintf("a secret of %s `%s` stands in the code, and so in version control and the state; take it from a secret store", [argument.r.type, argument.r.name])
}

unknown contains {"subject": argument.r.id, "reason": "where its secret comes from is known only at apply"} if {
	some argument in arguments
	lib.is_unknown(argument.value)
	not argument.value.ref
	not argument.value.text
}

# Values that have a name of one's own: {r, path, name, value}.
named contains {"r": r, "path": ["environment", i, "variables", name], "name": name, "value": value} if {
	r := input.terraform.aws_lambda_function[_]
	value := r.config.environment[i].variables[name]
}

named contains {"r": r, "path": ["container_definitions", i, "environment", j, "value"], "name": object.get(variable, "name", null), "value": object.get(variable, "value", null)} if {
	r := input.terraform.aws_ecs_task_definition[_]
	variable := r.config.container_definitions[i].environment[j]
	is_object(variable)
}

named contains {"r": r, "path": ["container", i, "environment", name], "name": name, "value": value} if {
	r := input.terraform.aws_lightsail_container_service_deployment_version[_]
	value := r.config.container[i].environment[name]
}

named contains {"r": r, "path": ["origin", i, "custom_header", j, "value"], "name": object.get(header, "name", null), "value": object.get(header, "value", null)} if {
	r := input.terraform.aws_cloudfront_distribution[_]
	header := r.config.origin[i].custom_header[j]
	is_object(header)
}

applies contains entry.r.id if some entry in named

# Functions' and containers' own names are judged with all of Terraform's.
deny contains {"subject": entry.r.id, "path": entry.path, "msg": msg} if {
	some entry in named
	not entry.r.type in {"aws_lambda_function", "aws_ecs_task_definition"}
	lib.secret_name(entry.name)
	lib.secret_value(entry.value)
	msg := sprintf("the value of `%s` stands in the configuration and in the state; take it from a secret store", [entry.name])
}

# An address that a password is part of.
deny contains {"subject": entry.r.id, "path": entry.path, "msg": msg} if {
	some entry in named
	some url in keyed.urls(lib.text(entry.value))
	is_secret(url.password)
	msg := sprintf("the address in `%s` has a password in it, readable in the configuration and in the state; take it from a secret store", [entry.name])
}

is_secret(password) if {
	count(password) >= 6
	keyed.password_literal(password)
	not regex.match(`^\$|^%`, password)
}
