# METADATA
# title: AWS storage is encrypted with a key of AWS's own
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_backup_vault
#       - aws_cloudtrail
#       - aws_cloudtrail_event_data_store
#       - aws_cloudwatch_log_group
#       - aws_db_instance
#       - aws_docdb_cluster
#       - aws_docdbelastic_cluster
#       - aws_dsql_cluster
#       - aws_dynamodb_table
#       - aws_dynamodb_table_replica
#       - aws_ebs_snapshot_copy
#       - aws_ebs_snapshot_import
#       - aws_ami_copy
#       - aws_ecr_repository
#       - aws_ecr_repository_creation_template
#       - aws_efs_file_system
#       - aws_elasticache_replication_group
#       - aws_elasticache_serverless_cache
#       - aws_elasticsearch_domain
#       - aws_opensearch_domain
#       - aws_fsx_file_cache
#       - aws_fsx_lustre_file_system
#       - aws_fsx_ontap_file_system
#       - aws_fsx_openzfs_file_system
#       - aws_fsx_windows_file_system
#       - aws_keyspaces_table
#       - aws_kinesis_stream
#       - aws_kinesis_video_stream
#       - aws_kinesis_firehose_delivery_stream
#       - aws_memorydb_cluster
#       - aws_memorydb_snapshot
#       - aws_msk_cluster
#       - aws_neptune_cluster
#       - aws_neptunegraph_graph
#       - aws_qldb_ledger
#       - aws_rds_cluster
#       - aws_rds_cluster_instance
#       - aws_redshift_cluster
#       - aws_redshift_snapshot_copy_grant
#       - aws_redshiftserverless_namespace
#       - aws_s3tables_table_bucket
#       - aws_secretsmanager_secret
#       - aws_sqs_queue
#       - aws_ssm_parameter
#       - aws_storagegateway_cached_iscsi_volume
#       - aws_storagegateway_nfs_file_share
#       - aws_storagegateway_smb_file_share
#       - aws_timestreamwrite_database
package paylint.rules.customer_managed_key_missing.terraform_aws

import data.paylint.aws_keys

# Type -> settings (lib/aws_keys.rego). Not encrypted at all is another policy's business.
table := {
	"aws_backup_vault": [{"at": ["kms_key_arn"]}],
	"aws_cloudtrail": [{"at": ["kms_key_id"]}],
	"aws_cloudtrail_event_data_store": [{"at": ["kms_key_id"]}],
	"aws_cloudwatch_log_group": [{"at": ["kms_key_id"]}],
	"aws_db_instance": [
		{"at": ["kms_key_id"], "if": [[["storage_encrypted"], {"true"}], [["snapshot_identifier"], {""}], [["replicate_source_db"], {""}]]},
		{"at": ["performance_insights_kms_key_id"], "if": [[["performance_insights_enabled"], {"true"}]]},
	],
	"aws_docdb_cluster": [{"at": ["kms_key_id"], "if": [[["storage_encrypted"], {"true"}], [["snapshot_identifier"], {""}]]}],
	"aws_docdbelastic_cluster": [{"at": ["kms_key_id"]}],
	"aws_dsql_cluster": [{"at": ["kms_encryption_key"]}],
	"aws_dynamodb_table": [
		{"at": ["server_side_encryption", "*", "kms_key_arn"], "if": [[["restore_source_name"], {""}]]},
		{"at": ["replica", "*", "kms_key_arn"], "inside": true},
	],
	"aws_dynamodb_table_replica": [{"at": ["kms_key_arn"]}],
	"aws_ebs_snapshot_copy": [{"at": ["kms_key_id"], "if": [[["encrypted"], {"true"}]]}],
	"aws_ebs_snapshot_import": [{"at": ["kms_key_id"], "if": [[["encrypted"], {"true"}]]}],
	"aws_ami_copy": [{"at": ["kms_key_id"], "if": [[["encrypted"], {"true"}]]}],
	"aws_ecr_repository": [{"at": ["encryption_configuration", "*", "kms_key"]}],
	"aws_ecr_repository_creation_template": [{"at": ["encryption_configuration", "*", "kms_key"]}],
	"aws_efs_file_system": [{"at": ["kms_key_id"], "if": [[["encrypted"], {"true"}]]}],
	"aws_elasticache_replication_group": [
		{"at": ["kms_key_id"], "if": [[["at_rest_encryption_enabled"], {"true"}], [["global_replication_group_id"], {""}]]},
		{"at": ["kms_key_id"], "if": [[["engine"], {"valkey"}], [["at_rest_encryption_enabled"], {""}], [["global_replication_group_id"], {""}]]},
	],
	"aws_elasticache_serverless_cache": [{"at": ["kms_key_id"]}],
	"aws_elasticsearch_domain": [{"at": ["encrypt_at_rest", "*", "kms_key_id"], "if": [[["encrypt_at_rest", 0, "enabled"], {"true"}]]}],
	"aws_opensearch_domain": [{"at": ["encrypt_at_rest", "*", "kms_key_id"], "if": [[["encrypt_at_rest", 0, "enabled"], {"true"}]]}],
	"aws_fsx_file_cache": [{"at": ["kms_key_id"]}],
	"aws_fsx_lustre_file_system": [{"at": ["kms_key_id"], "if": [[["deployment_type"], {"persistent_1", "persistent_2"}]]}],
	"aws_fsx_ontap_file_system": [{"at": ["kms_key_id"]}],
	"aws_fsx_openzfs_file_system": [{"at": ["kms_key_id"]}],
	"aws_fsx_windows_file_system": [{"at": ["kms_key_id"], "if": [[["backup_id"], {""}]]}],
	"aws_keyspaces_table": [{"at": ["encryption_specification", "*", "kms_key_identifier"]}],
	"aws_kinesis_stream": [{"at": ["kms_key_id"], "if": [[["encryption_type"], {"kms"}]]}],
	"aws_kinesis_video_stream": [{"at": ["kms_key_id"]}],
	"aws_kinesis_firehose_delivery_stream": [{"at": ["server_side_encryption", "*", "key_arn"], "if": [[["server_side_encryption", 0, "enabled"], {"true"}]]}],
	"aws_memorydb_cluster": [{"at": ["kms_key_arn"], "if": [[["snapshot_name"], {""}]]}],
	"aws_memorydb_snapshot": [{"at": ["kms_key_arn"]}],
	"aws_msk_cluster": [{"at": ["encryption_info", "*", "encryption_at_rest_kms_key_arn"]}],
	"aws_neptune_cluster": [{"at": ["kms_key_arn"], "if": [[["storage_encrypted"], {"true"}], [["snapshot_identifier"], {""}], [["replication_source_identifier"], {""}]]}],
	"aws_neptunegraph_graph": [{"at": ["kms_key_identifier"]}],
	"aws_qldb_ledger": [{"at": ["kms_key"]}],
	"aws_rds_cluster": [
		{"at": ["kms_key_id"], "if": [[["storage_encrypted"], {"true"}], [["snapshot_identifier"], {""}], [["replication_source_identifier"], {""}]]},
		{"at": ["kms_key_id"], "if": [[["engine_mode"], {"serverless"}], [["snapshot_identifier"], {""}]]},
		{"at": ["performance_insights_kms_key_id"], "if": [[["performance_insights_enabled"], {"true"}]]},
	],
	"aws_rds_cluster_instance": [{"at": ["performance_insights_kms_key_id"], "if": [[["performance_insights_enabled"], {"true"}]]}],
	"aws_redshift_cluster": [{"at": ["kms_key_id"], "if": [[["encrypted"], {"true"}], [["snapshot_identifier"], {""}], [["snapshot_arn"], {""}]]}],
	"aws_redshift_snapshot_copy_grant": [{"at": ["kms_key_id"]}],
	"aws_redshiftserverless_namespace": [{"at": ["kms_key_id"]}],
	"aws_s3tables_table_bucket": [{"at": ["encryption_configuration", "kms_key_arn"]}],
	"aws_secretsmanager_secret": [
		{"at": ["kms_key_id"]},
		{"at": ["replica", "*", "kms_key_id"], "inside": true},
	],
	"aws_sqs_queue": [{"at": ["kms_master_key_id"], "if": [[["sqs_managed_sse_enabled"], {"", "true"}]]}],
	"aws_ssm_parameter": [{"at": ["key_id"], "if": [[["type"], {"securestring"}]]}],
	"aws_storagegateway_cached_iscsi_volume": [{"at": ["kms_key"]}],
	"aws_storagegateway_nfs_file_share": [{"at": ["kms_key_arn"]}],
	"aws_storagegateway_smb_file_share": [{"at": ["kms_key_arn"]}],
	"aws_timestreamwrite_database": [{"at": ["kms_key_id"]}],
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
