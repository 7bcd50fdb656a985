resource "aws_kms_key" "mine" {}

resource "aws_backup_vault" "shop" {
  kms_key_arn = aws_kms_key.mine.arn
}

resource "aws_cloudtrail" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_cloudtrail_event_data_store" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_cloudwatch_log_group" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_db_instance" "shop" {
  storage_encrypted = true
  kms_key_id        = aws_kms_key.mine.arn
}

resource "aws_db_instance" "shop_2" {
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.mine.arn
}

resource "aws_docdb_cluster" "shop" {
  storage_encrypted = true
  kms_key_id        = aws_kms_key.mine.arn
}

resource "aws_docdbelastic_cluster" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_dsql_cluster" "shop" {
  kms_encryption_key = aws_kms_key.mine.arn
}

resource "aws_dynamodb_table" "shop" {
  server_side_encryption {
    kms_key_arn = aws_kms_key.mine.arn
  }
}

resource "aws_dynamodb_table_replica" "shop" {
  kms_key_arn = aws_kms_key.mine.arn
}

resource "aws_ebs_snapshot_copy" "shop" {
  encrypted  = true
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_ebs_snapshot_import" "shop" {
  encrypted  = true
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_ami_copy" "shop" {
  encrypted  = true
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_ecr_repository" "shop" {
  encryption_configuration {
    kms_key = aws_kms_key.mine.arn
  }
}

resource "aws_ecr_repository_creation_template" "shop" {
  encryption_configuration {
    kms_key = aws_kms_key.mine.arn
  }
}

resource "aws_efs_file_system" "shop" {
  encrypted  = true
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_elasticache_replication_group" "shop" {
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.mine.arn
}

resource "aws_elasticache_serverless_cache" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_elasticsearch_domain" "shop" {
  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.mine.arn
  }
}

resource "aws_opensearch_domain" "shop" {
  encrypt_at_rest {
    enabled    = true
    kms_key_id = aws_kms_key.mine.arn
  }
}

resource "aws_fsx_file_cache" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_fsx_lustre_file_system" "shop" {
  deployment_type = "PERSISTENT_1"
  kms_key_id      = aws_kms_key.mine.arn
}

resource "aws_fsx_ontap_file_system" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_fsx_openzfs_file_system" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_fsx_windows_file_system" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_keyspaces_table" "shop" {
  encryption_specification {
    kms_key_identifier = aws_kms_key.mine.arn
  }
}

resource "aws_kinesis_stream" "shop" {
  encryption_type = "KMS"
  kms_key_id      = aws_kms_key.mine.arn
}

resource "aws_kinesis_video_stream" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_kinesis_firehose_delivery_stream" "shop" {
  server_side_encryption {
    enabled = true
    key_arn = aws_kms_key.mine.arn
  }
}

resource "aws_memorydb_cluster" "shop" {
  kms_key_arn = aws_kms_key.mine.arn
}

resource "aws_memorydb_snapshot" "shop" {
  kms_key_arn = aws_kms_key.mine.arn
}

resource "aws_msk_cluster" "shop" {
  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.mine.arn
  }
}

resource "aws_neptune_cluster" "shop" {
  storage_encrypted = true
  kms_key_arn       = aws_kms_key.mine.arn
}

resource "aws_neptunegraph_graph" "shop" {
  kms_key_identifier = aws_kms_key.mine.arn
}

resource "aws_qldb_ledger" "shop" {
  kms_key = aws_kms_key.mine.arn
}

resource "aws_rds_cluster" "shop" {
  storage_encrypted = true
  kms_key_id        = aws_kms_key.mine.arn
}

resource "aws_rds_cluster" "shop_3" {
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.mine.arn
}

resource "aws_rds_cluster_instance" "shop" {
  performance_insights_enabled    = true
  performance_insights_kms_key_id = aws_kms_key.mine.arn
}

resource "aws_redshift_cluster" "shop" {
  encrypted  = true
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_redshift_snapshot_copy_grant" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_redshiftserverless_namespace" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_secretsmanager_secret" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_sqs_queue" "shop" {
  kms_master_key_id = aws_kms_key.mine.arn
}

resource "aws_ssm_parameter" "shop" {
  type   = "SecureString"
  key_id = aws_kms_key.mine.arn
}

resource "aws_storagegateway_cached_iscsi_volume" "shop" {
  kms_key = aws_kms_key.mine.arn
}

resource "aws_storagegateway_nfs_file_share" "shop" {
  kms_key_arn = aws_kms_key.mine.arn
}

resource "aws_storagegateway_smb_file_share" "shop" {
  kms_key_arn = aws_kms_key.mine.arn
}

resource "aws_timestreamwrite_database" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

# Not encrypted, or as its source is: nothing to say here.
resource "aws_db_instance" "open" {
  storage_encrypted = false
}

resource "aws_db_instance" "restored" {
  storage_encrypted   = true
  snapshot_identifier = "orders"
}

resource "aws_sqs_queue" "open" {
  sqs_managed_sse_enabled = false
}

resource "aws_ssm_parameter" "plain" {
  type = "String"
}

# Scratch systems take no key.
resource "aws_fsx_lustre_file_system" "scratch" {
  deployment_type = "SCRATCH_2"
}

data "aws_kms_alias" "ours" {
  name = "alias/orders"
}

resource "aws_sqs_queue" "by_data" {
  kms_master_key_id = data.aws_kms_alias.ours.target_key_arn
}

resource "aws_sqs_queue" "by_alias" {
  kms_master_key_id = "alias/orders"
}

resource "aws_secretsmanager_secret" "by_arn" {
  kms_key_id = "arn:aws:kms:eu-central-1:1:key/1"
}

module "keys" {
  source = "registry.example.com/keys/aws"
}

resource "aws_efs_file_system" "by_module" {
  encrypted  = true
  kms_key_id = module.keys.arn
}

resource "aws_s3tables_table_bucket" "orders" {
  encryption_configuration = {
    sse_algorithm = "aws:kms"
    kms_key_arn   = aws_kms_key.mine.arn
  }
}
