# METADATA
# title: An AWS service keeps what it handles under a key of AWS's own
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_appflow_connector_profile
#       - aws_appflow_flow
#       - aws_apprunner_service
#       - aws_athena_workgroup
#       - aws_athena_database
#       - aws_bedrock_custom_model
#       - aws_bedrock_guardrail
#       - aws_bedrockagent_agent
#       - aws_cloudwatch_event_archive
#       - aws_cloudwatch_event_bus
#       - aws_codeartifact_domain
#       - aws_codebuild_project
#       - aws_codebuild_report_group
#       - aws_codecommit_repository
#       - aws_codepipeline
#       - aws_comprehend_document_classifier
#       - aws_comprehend_entity_recognizer
#       - aws_connect_instance_storage_config
#       - aws_customerprofiles_domain
#       - aws_datazone_domain
#       - aws_dlm_lifecycle_policy
#       - aws_dms_endpoint
#       - aws_dms_replication_config
#       - aws_dms_replication_instance
#       - aws_dms_s3_endpoint
#       - aws_dynamodb_table_export
#       - aws_efs_replication_configuration
#       - aws_emr_security_configuration
#       - aws_glue_data_catalog_encryption_settings
#       - aws_glue_security_configuration
#       - aws_imagebuilder_component
#       - aws_imagebuilder_container_recipe
#       - aws_imagebuilder_distribution_configuration
#       - aws_kendra_index
#       - aws_location_geofence_collection
#       - aws_location_tracker
#       - aws_mq_broker
#       - aws_mwaa_environment
#       - aws_pipes_pipe
#       - aws_sagemaker_domain
#       - aws_sagemaker_endpoint_configuration
#       - aws_sagemaker_feature_group
#       - aws_sagemaker_notebook_instance
#       - aws_scheduler_schedule
#       - aws_securitylake_data_lake
#       - aws_sfn_state_machine
#       - aws_ssm_resource_data_sync
#       - aws_workspaces_workspace
#       - aws_workspacesweb_portal
#       - aws_xray_encryption_config
package paylint.rules.customer_managed_key_missing.terraform_aws_services

import data.paylint.aws_keys

# Type -> settings (lib/aws_keys.rego). Services that keep data on the way, or about what they do.
table := {
	"aws_appflow_connector_profile": [{"at": ["kms_arn"]}],
	"aws_appflow_flow": [{"at": ["kms_arn"]}],
	"aws_apprunner_service": [{"at": ["encryption_configuration", "*", "kms_key"]}],
	"aws_athena_workgroup": [{"at": ["configuration", "*", "result_configuration", "*", "encryption_configuration", "*", "kms_key_arn"], "inside": true}],
	"aws_athena_database": [{"at": ["encryption_configuration", "*", "kms_key"], "inside": true}],
	"aws_bedrock_custom_model": [{"at": ["custom_model_kms_key_id"]}],
	"aws_bedrock_guardrail": [{"at": ["kms_key_arn"]}],
	"aws_bedrockagent_agent": [{"at": ["customer_encryption_key_arn"]}],
	"aws_cloudwatch_event_archive": [{"at": ["kms_key_identifier"]}],
	"aws_cloudwatch_event_bus": [{"at": ["kms_key_identifier"]}],
	"aws_codeartifact_domain": [{"at": ["encryption_key"]}],
	"aws_codebuild_project": [{"at": ["encryption_key"], "if": [[["artifacts", 0, "type"], {"s3", "codepipeline"}]]}],
	"aws_codebuild_report_group": [{"at": ["export_config", "*", "s3_destination", "*", "encryption_key"], "inside": true}],
	"aws_codecommit_repository": [{"at": ["kms_key_id"]}],
	"aws_codepipeline": [{"at": ["artifact_store", "*", "encryption_key", "*", "id"]}],
	"aws_comprehend_document_classifier": [
		{"at": ["model_kms_key_id"]},
		{"at": ["volume_kms_key_id"]},
	],
	"aws_comprehend_entity_recognizer": [
		{"at": ["model_kms_key_id"]},
		{"at": ["volume_kms_key_id"]},
	],
	"aws_connect_instance_storage_config": [
		{"at": ["storage_config", "*", "s3_config", "*", "encryption_config", "*", "key_id"], "if": [[["storage_config", 0, "storage_type"], {"s3"}]]},
		{"at": ["storage_config", "*", "kinesis_video_stream_config", "*", "encryption_config", "*", "key_id"], "if": [[["storage_config", 0, "storage_type"], {"kinesis_video_stream"}]]},
	],
	"aws_customerprofiles_domain": [{"at": ["default_encryption_key"]}],
	"aws_datazone_domain": [{"at": ["kms_key_identifier"]}],
	"aws_dlm_lifecycle_policy": [{"at": ["policy_details", "*", "schedule", "*", "cross_region_copy_rule", "*", "cmk_arn"], "inside": true}],
	"aws_dms_endpoint": [{"at": ["kms_key_arn"]}],
	"aws_dms_replication_config": [{"at": ["compute_config", "*", "kms_key_id"]}],
	"aws_dms_replication_instance": [{"at": ["kms_key_arn"]}],
	"aws_dms_s3_endpoint": [{"at": ["server_side_encryption_kms_key_id"]}],
	"aws_dynamodb_table_export": [{"at": ["s3_sse_kms_key_id"]}],
	"aws_efs_replication_configuration": [{"at": ["destination", "*", "kms_key_id"], "inside": true}],
	"aws_emr_security_configuration": [{"at": ["configuration", "EncryptionConfiguration", "AtRestEncryptionConfiguration", "S3EncryptionConfiguration", "AwsKmsKey"], "if": [[["configuration", "EncryptionConfiguration", "EnableAtRestEncryption"], {"true"}], [["configuration", "EncryptionConfiguration", "AtRestEncryptionConfiguration", "S3EncryptionConfiguration", "EncryptionMode"], {"sse-s3", "sse-kms", "cse-kms"}]]}],
	"aws_glue_data_catalog_encryption_settings": [
		{"at": ["data_catalog_encryption_settings", "*", "encryption_at_rest", "*", "sse_aws_kms_key_id"], "if": [[["data_catalog_encryption_settings", 0, "encryption_at_rest", 0, "catalog_encryption_mode"], {"sse-kms", "sse-kms-with-service-role"}]]},
		{"at": ["data_catalog_encryption_settings", "*", "connection_password_encryption", "*", "aws_kms_key_id"], "if": [[["data_catalog_encryption_settings", 0, "connection_password_encryption", 0, "return_connection_password_encrypted"], {"true"}]]},
	],
	"aws_glue_security_configuration": [
		{"at": ["encryption_configuration", "*", "s3_encryption", "*", "kms_key_arn"], "if": [[["encryption_configuration", 0, "s3_encryption", 0, "s3_encryption_mode"], {"sse-s3", "sse-kms"}]]},
		{"at": ["encryption_configuration", "*", "cloudwatch_encryption", "*", "kms_key_arn"], "if": [[["encryption_configuration", 0, "cloudwatch_encryption", 0, "cloudwatch_encryption_mode"], {"sse-kms"}]]},
		{"at": ["encryption_configuration", "*", "job_bookmarks_encryption", "*", "kms_key_arn"], "if": [[["encryption_configuration", 0, "job_bookmarks_encryption", 0, "job_bookmarks_encryption_mode"], {"cse-kms"}]]},
	],
	"aws_imagebuilder_component": [{"at": ["kms_key_id"]}],
	"aws_imagebuilder_container_recipe": [{"at": ["kms_key_id"]}],
	"aws_imagebuilder_distribution_configuration": [{"at": ["distribution", "*", "ami_distribution_configuration", "*", "kms_key_id"], "inside": true}],
	"aws_kendra_index": [{"at": ["server_side_encryption_configuration", "*", "kms_key_id"]}],
	"aws_location_geofence_collection": [{"at": ["kms_key_id"]}],
	"aws_location_tracker": [{"at": ["kms_key_id"]}],
	"aws_mq_broker": [{"at": ["encryption_options", "*", "kms_key_id"]}],
	"aws_mwaa_environment": [{"at": ["kms_key"]}],
	"aws_pipes_pipe": [{"at": ["kms_key_identifier"]}],
	"aws_sagemaker_domain": [{"at": ["kms_key_id"]}],
	"aws_sagemaker_endpoint_configuration": [
		{"at": ["kms_key_arn"]},
		{"at": ["data_capture_config", "*", "kms_key_id"], "inside": true},
	],
	"aws_sagemaker_feature_group": [{"at": ["online_store_config", "*", "security_config", "*", "kms_key_id"], "if": [[["online_store_config", 0, "enable_online_store"], {"true"}]]}],
	"aws_sagemaker_notebook_instance": [{"at": ["kms_key_id"]}],
	"aws_scheduler_schedule": [{"at": ["kms_key_arn"]}],
	"aws_securitylake_data_lake": [{"at": ["configuration", "*", "encryption_configuration", "*", "kms_key_id"]}],
	"aws_sfn_state_machine": [{"at": ["encryption_configuration", "*", "kms_key_id"]}],
	"aws_ssm_resource_data_sync": [{"at": ["s3_destination", "*", "kms_key_arn"], "inside": true}],
	"aws_workspaces_workspace": [
		{"at": ["volume_encryption_key"], "if": [[["root_volume_encryption_enabled"], {"true"}]]},
		{"at": ["volume_encryption_key"], "if": [[["user_volume_encryption_enabled"], {"true"}]]},
	],
	"aws_workspacesweb_portal": [{"at": ["customer_managed_key"]}],
	"aws_xray_encryption_config": [{"at": ["key_id"]}],
}

applies contains r.id if {
	some type, settings in table
	r := input.terraform[type][_]
	aws_keys.speaks_any(r, settings)
}

deny contains {"subject": r.id, "path": found[1], "msg": aws_keys.message(r, found[0])} if {
	some type, settings in table
	r := input.terraform[type][_]
	found := aws_keys.first_missing(r, settings)
}

unknown contains {"subject": r.id, "reason": "whether AWS encrypts it, and how, is known only at apply"} if {
	some type, settings in table
	r := input.terraform[type][_]
	aws_keys.may_speak_any(r, settings)
}
