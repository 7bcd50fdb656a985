# METADATA
# title: A secret stands in plain text in an AWS resource, under a name of that resource's own
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_appflow_connector_profile
#       - aws_cloudwatch_event_connection
#       - aws_codebuild_source_credential
#       - aws_codepipeline
#       - aws_codepipeline_webhook
#       - aws_cognito_identity_provider
#       - aws_datasync_location_azure_blob
#       - aws_db_option_group
#       - aws_directory_service_radius_settings
#       - aws_directory_service_trust
#       - aws_dms_endpoint
#       - aws_docdbelastic_cluster
#       - aws_elasticache_user
#       - aws_emr_cluster
#       - aws_fsx_ontap_storage_virtual_machine
#       - aws_kinesis_firehose_delivery_stream
#       - aws_kinesisanalyticsv2_application
#       - aws_memorydb_user
#       - aws_mskconnect_connector
#       - aws_mwaa_environment
#       - aws_quicksight_data_source
#       - aws_redshiftserverless_namespace
#       - aws_sns_platform_application
#       - aws_storagegateway_gateway
package paylint.rules.plaintext_secret.terraform_aws_nested

import data.paylint.blocks
import data.paylint.lib

credentials(kinds) := [array.concat(["connector_profile_config", "*", "connector_profile_credentials", "*"], [kind[0], "*", kind[1]]) | some kind in kinds]

# Type -> where its secrets stand, whatever they are called; a list holds several.
places := {
	"aws_appflow_connector_profile": credentials([
		["amplitude", "secret_key"], ["custom_connector", "api_secret_key"], ["datadog", "application_key"],
		["google_analytics", "client_secret"], ["honeycode", "access_token"], ["infor_nexus", "secret_access_key"],
		["marketo", "client_secret"], ["redshift", "password"], ["salesforce", "access_token"],
		["service_now", "password"], ["singular", "api_key"], ["slack", "client_secret"], ["snowflake", "password"],
		["trendmicro", "api_secret_key"], ["veeva", "password"], ["zendesk", "client_secret"],
	]),
	"aws_cloudwatch_event_connection": [
		["auth_parameters", "*", "api_key", "*", "value"],
		["auth_parameters", "*", "basic", "*", "password"],
		["auth_parameters", "*", "oauth", "*", "client_parameters", "*", "client_secret"],
	],
	"aws_codebuild_source_credential": [["token"]],
	"aws_codepipeline": [["stage", "*", "action", "*", "configuration", "OAuthToken"]],
	"aws_codepipeline_webhook": [["authentication_configuration", "*", "secret_token"]],
	"aws_cognito_identity_provider": [["provider_details", "client_secret"]],
	"aws_datasync_location_azure_blob": [["sas_configuration", "*", "token"]],
	"aws_directory_service_radius_settings": [["shared_secret"]],
	"aws_directory_service_trust": [["trust_password"]],
	"aws_dms_endpoint": [
		["kafka_settings", "*", "sasl_password"],
		["kafka_settings", "*", "ssl_client_key_password"],
		["redis_settings", "*", "auth_password"],
	],
	"aws_docdbelastic_cluster": [["admin_user_password"]],
	"aws_elasticache_user": [["passwords"], ["authentication_mode", "*", "passwords"]],
	"aws_emr_cluster": [
		["kerberos_attributes", "*", "kdc_admin_password"],
		["kerberos_attributes", "*", "ad_domain_join_password"],
		["kerberos_attributes", "*", "cross_realm_trust_principal_password"],
	],
	"aws_fsx_ontap_storage_virtual_machine": [
		["svm_admin_password"],
		["active_directory_configuration", "*", "self_managed_active_directory_configuration", "*", "password"],
	],
	"aws_kinesis_firehose_delivery_stream": [
		["http_endpoint_configuration", "*", "access_key"],
		["redshift_configuration", "*", "password"],
		["snowflake_configuration", "*", "key_passphrase"],
		["snowflake_configuration", "*", "private_key"],
		["splunk_configuration", "*", "hec_token"],
	],
	"aws_memorydb_user": [["authentication_mode", "*", "passwords"]],
	"aws_quicksight_data_source": [["credentials", "*", "credential_pair", "*", "password"]],
	"aws_redshiftserverless_namespace": [["admin_user_password"]],
	"aws_sns_platform_application": [["platform_credential"]],
	"aws_storagegateway_gateway": [["smb_guest_password"], ["smb_active_directory_settings", "*", "password"]],
}

written contains {"r": r, "path": found.path, "value": found.value} if {
	some type, shapes in places
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	found.value != null
}

secrets contains entry if {
	some entry in written
	not is_array(entry.value)
}

secrets contains {"r": entry.r, "path": array.concat(entry.path, [i]), "value": value} if {
	some entry in written
	is_array(entry.value)
	some i, value in entry.value
}

# Type -> mappings that anybody may fill; there the name decides.
maps := {
	"aws_emr_cluster": ["configurations_json", "*", "Properties"],
	"aws_kinesisanalyticsv2_application": ["application_configuration", "*", "environment_properties", "*", "property_group", "*", "property_map"],
	"aws_mskconnect_connector": ["connector_configuration"],
	"aws_mwaa_environment": ["airflow_configuration_options"],
}

secrets contains {"r": r, "path": array.concat(found.path, [name]), "value": value} if {
	some type, shape in maps
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shape)[_]
	is_object(found.value)
	some name, value in found.value
	lib.secret_name(name)
	not looked_up(type, name)
}

# Airflow asks a secret store, or runs a command.
looked_up("aws_mwaa_environment", name) if regex.match(`(?:key|password|url|backend|conn|auth)_(?:secret|cmd)$`, name)

# Options of a database are a list of names and values.
secrets contains {"r": r, "path": ["option", i, "option_settings", j, "value"], "value": setting.value} if {
	r := input.terraform.aws_db_option_group[_]
	setting := r.config.option[i].option_settings[j]
	is_object(setting)
	lib.secret_name(setting.name)
	lib.present(setting, "value")
}

applies contains secret.r.id if some secret in secrets

deny contains {"subject": secret.r.id, "path": secret.path, "msg": msg} if {
	some secret in secrets
	lib.secret_value(secret.value)
	argument := concat(".", [key | some key in secret.path; is_string(key)])
	msg := sprintf("the value of %s of %s `%s` stands in the code, and so in version control and the state; take it from a secret store", [argument, secret.r.type, secret.r.name])
}

unknown contains {"subject": secret.r.id, "reason": "where its secret comes from is known only at apply"} if {
	some secret in secrets
	lib.is_unknown(secret.value)
	not secret.value.ref
	not secret.value.text
}
