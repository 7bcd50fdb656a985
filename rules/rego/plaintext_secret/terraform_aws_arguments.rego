# METADATA
# title: A secret stands in a nested argument of an AWS resource in plain text
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_alb_listener
#       - aws_api_gateway_api_key
#       - aws_cloudfront_distribution
#       - aws_cloudwatch_event_connection
#       - aws_codebuild_source_credential
#       - aws_codepipeline
#       - aws_cognito_identity_provider
#       - aws_dms_endpoint
#       - aws_dx_macsec_key_association
#       - aws_ecs_task_definition
#       - aws_elasticache_user
#       - aws_emr_cluster
#       - aws_kinesis_firehose_delivery_stream
#       - aws_lambda_function
#       - aws_lb_listener
#       - aws_lb_listener_rule
#       - aws_lightsail_container_service_deployment_version
#       - aws_memorydb_user
#       - aws_mwaa_environment
#       - aws_quicksight_data_source
#       - aws_rds_cluster
#       - aws_sns_platform_application
#       - aws_storagegateway_gateway
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
	"aws_cloudwatch_event_connection": [
		["auth_parameters", "*", "api_key", "*", "value"],
		["auth_parameters", "*", "basic", "*", "password"],
		["auth_parameters", "*", "oauth", "*", "client_parameters", "*", "client_secret"],
	],
	"aws_codebuild_source_credential": [["token"]],
	"aws_codepipeline": [["stage", "*", "action", "*", "configuration", "OAuthToken"]],
	"aws_cognito_identity_provider": [["provider_details", "client_secret"]],
	"aws_dms_endpoint": [
		["kafka_settings", "*", "sasl_password"],
		["kafka_settings", "*", "ssl_client_key_password"],
		["redis_settings", "*", "auth_password"],
	],
	"aws_dx_macsec_key_association": [["cak"]],
	"aws_emr_cluster": [["kerberos_attributes", "*", "kdc_admin_password"]],
	"aws_kinesis_firehose_delivery_stream": [
		["redshift_configuration", "*", "password"],
		["splunk_configuration", "*", "hec_token"],
		["http_endpoint_configuration", "*", "access_key"],
		["snowflake_configuration", "*", "private_key"],
	],
	"aws_lb_listener": login,
	"aws_lb_listener_rule": [["action", "*", "authenticate_oidc", "*", "client_secret"]],
	"aws_quicksight_data_source": [["credentials", "*", "credential_pair", "*", "password"]],
	"aws_sns_platform_application": [["platform_credential"]],
	"aws_storagegateway_gateway": [["smb_guest_password"], ["smb_active_directory_settings", "*", "password"]],
	"aws_vpn_connection": [["tunnel1_preshared_key"], ["tunnel2_preshared_key"]],
}

# Type -> arguments that are lists of secrets.
lists := {
	"aws_elasticache_user": [["passwords"], ["authentication_mode", "*", "passwords"]],
	"aws_memorydb_user": [["authentication_mode", "*", "passwords"]],
}

arguments contains {"r": r, "path": found.path, "value": found.value} if {
	some type, shapes in places
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	found.value != null
}

arguments contains {"r": r, "path": found.path, "value": value} if {
	some type, shapes in lists
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	value := lib.as_array(found.value)[_]
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

named contains {"r": r, "path": ["airflow_configuration_options", name], "name": name, "value": value} if {
	r := input.terraform.aws_mwaa_environment[_]
	value := r.config.airflow_configuration_options[name]
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
