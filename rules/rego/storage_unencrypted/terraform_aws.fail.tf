resource "aws_db_instance" "orders" { # expect
  engine            = "postgres"
  instance_class    = "db.t4g.small"
  allocated_storage = 20
}

resource "aws_rds_cluster" "ledger" {
  engine            = "aurora-postgresql"
  storage_encrypted = false # expect
}

locals { encrypt = false }

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-central-1a"
  size              = 40
  encrypted         = local.encrypt # expect
}

resource "aws_efs_file_system" "share" {} # expect

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  at_rest_encryption_enabled = "false" # expect
}

resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  encrypt_at_rest { 
    enabled = false # expect
  }
}

resource "aws_kinesis_stream" "events" { # expect
  name = "events"
}

resource "aws_sns_topic" "orders" { # expect
  name = "orders"
}

resource "aws_sqs_queue" "orders" {
  name                    = "orders"
  sqs_managed_sse_enabled = false # expect
}

resource "aws_redshift_cluster" "dwh" { # expect
  cluster_identifier = "dwh"
}

resource "aws_kinesis_firehose_delivery_stream" "audit" { # expect
  name        = "audit"
  destination = "extended_s3"
}

resource "aws_ebs_encryption_by_default" "off" {
  enabled = false # expect
}

resource "aws_rds_global_cluster" "ledger" { # expect
  global_cluster_identifier = "ledger"
  engine                    = "aurora-postgresql"
}

resource "aws_docdb_global_cluster" "documents" {
  storage_encrypted = false # expect
}

resource "aws_neptune_global_cluster" "graph" { # expect
  engine = "neptune"
}

resource "aws_ami_copy" "golden" { # expect
  name          = "golden"
  source_ami_id = "ami-1"
}

resource "aws_ebs_snapshot_import" "disk" {
  encrypted = false # expect
}

resource "aws_elasticache_replication_group" "valkey" {
  engine                     = "valkey"
  at_rest_encryption_enabled = false # expect
}

resource "aws_redshift_cluster" "restored" {
  snapshot_identifier = "last"
  encrypted           = false # expect
}

# restoring from a backup in S3 does not bring encryption along
resource "aws_db_instance" "imported" { # expect
  s3_import {
    bucket_name = "backups"
  }
}

resource "aws_sqs_queue" "empty_key" {
  sqs_managed_sse_enabled = false # expect
  kms_master_key_id       = ""
}
