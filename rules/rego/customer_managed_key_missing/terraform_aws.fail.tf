resource "aws_backup_vault" "shop" { # expect
}

resource "aws_cloudtrail" "shop" { # expect
}

resource "aws_cloudtrail_event_data_store" "shop" { # expect
}

resource "aws_cloudwatch_log_group" "shop" { # expect
}

resource "aws_db_instance" "shop" { # expect
  storage_encrypted = true
}

resource "aws_db_instance" "shop_2" { # expect
  performance_insights_enabled = true
}

resource "aws_docdb_cluster" "shop" { # expect
  storage_encrypted = true
}

resource "aws_docdbelastic_cluster" "shop" { # expect
}

resource "aws_dsql_cluster" "shop" { # expect
}

resource "aws_dynamodb_table" "shop" { # expect
}

resource "aws_dynamodb_table_replica" "shop" { # expect
}

resource "aws_ebs_snapshot_copy" "shop" { # expect
  encrypted = true
}

resource "aws_ebs_snapshot_import" "shop" { # expect
  encrypted = true
}

resource "aws_ami_copy" "shop" { # expect
  encrypted = true
}

resource "aws_ecr_repository" "shop" { # expect
}

resource "aws_ecr_repository_creation_template" "shop" { # expect
}

resource "aws_efs_file_system" "shop" { # expect
  encrypted = true
}

resource "aws_elasticache_replication_group" "shop" { # expect
  at_rest_encryption_enabled = true
}

resource "aws_elasticache_replication_group" "shop_2" { # expect
  engine = "valkey"
}

resource "aws_elasticache_serverless_cache" "shop" { # expect
}

resource "aws_elasticsearch_domain" "shop" {
  encrypt_at_rest { # expect
    enabled = true
  }
}

resource "aws_opensearch_domain" "shop" {
  encrypt_at_rest { # expect
    enabled = true
  }
}

resource "aws_fsx_file_cache" "shop" { # expect
}

resource "aws_fsx_lustre_file_system" "shop" { # expect
  deployment_type = "PERSISTENT_1"
}

resource "aws_fsx_ontap_file_system" "shop" { # expect
}

resource "aws_fsx_openzfs_file_system" "shop" { # expect
}

resource "aws_fsx_windows_file_system" "shop" { # expect
}

resource "aws_keyspaces_table" "shop" { # expect
}

resource "aws_kinesis_stream" "shop" { # expect
  encryption_type = "KMS"
}

resource "aws_kinesis_video_stream" "shop" { # expect
}

resource "aws_kinesis_firehose_delivery_stream" "shop" {
  server_side_encryption { # expect
    enabled = true
  }
}

resource "aws_memorydb_cluster" "shop" { # expect
}

resource "aws_memorydb_snapshot" "shop" { # expect
}

resource "aws_msk_cluster" "shop" { # expect
}

resource "aws_neptune_cluster" "shop" { # expect
  storage_encrypted = true
}

resource "aws_neptunegraph_graph" "shop" { # expect
}

resource "aws_qldb_ledger" "shop" { # expect
}

resource "aws_rds_cluster" "shop" { # expect
  storage_encrypted = true
}

resource "aws_rds_cluster" "shop_2" { # expect
  engine_mode = "serverless"
}

resource "aws_rds_cluster" "shop_3" { # expect
  performance_insights_enabled = true
}

resource "aws_rds_cluster_instance" "shop" { # expect
  performance_insights_enabled = true
}

resource "aws_redshift_cluster" "shop" { # expect
  encrypted = true
}

resource "aws_redshift_snapshot_copy_grant" "shop" { # expect
}

resource "aws_redshiftserverless_namespace" "shop" { # expect
}

resource "aws_secretsmanager_secret" "shop" { # expect
}

resource "aws_sqs_queue" "shop" { # expect
}

resource "aws_ssm_parameter" "shop" { # expect
  type = "SecureString"
}

resource "aws_storagegateway_cached_iscsi_volume" "shop" { # expect
}

resource "aws_storagegateway_nfs_file_share" "shop" { # expect
}

resource "aws_storagegateway_smb_file_share" "shop" { # expect
}

resource "aws_timestreamwrite_database" "shop" { # expect
}

# The names of AWS's own keys.
resource "aws_secretsmanager_secret" "named" {
  kms_key_id = "alias/aws/secretsmanager" # expect
}

resource "aws_qldb_ledger" "named" {
  kms_key = "AWS_OWNED_KMS_KEY" # expect
}

data "aws_kms_alias" "logs" {
  name = "alias/aws/logs"
}

resource "aws_cloudwatch_log_group" "by_data" { # expect
  kms_key_id = data.aws_kms_alias.logs.target_key_arn
}

resource "aws_ecr_repository" "kms" {
  encryption_configuration { # expect
    encryption_type = "KMS"
  }
}

resource "aws_ecr_repository" "aes" {
  encryption_configuration { # expect
    encryption_type = "AES256"
  }
}

# Switched on, and still with aws/dynamodb.
resource "aws_dynamodb_table" "on" {
  server_side_encryption { # expect
    enabled = true
  }
}

variable "key" {
  type    = string
  default = null
}

resource "aws_backup_vault" "default" { # expect
  kms_key_arn = var.key
}

resource "aws_s3tables_table_bucket" "orders" { # expect
  name = "orders"
}

resource "aws_s3tables_table_bucket" "aes" {
  name = "aes"
  encryption_configuration = { # expect
    sse_algorithm = "AES256"
  }
}

resource "aws_secretsmanager_secret" "copied" {
  kms_key_id = "alias/shop"
  replica { # expect
    region = "eu-central-1"
  }
}
