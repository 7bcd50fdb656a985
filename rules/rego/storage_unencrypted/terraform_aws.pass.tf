resource "aws_db_instance" "orders" {
  storage_encrypted = true
  kms_key_id        = aws_kms_key.data.arn
}

# a copy is encrypted as its source
resource "aws_db_instance" "replica" {
  replicate_source_db = "orders"
}

resource "aws_rds_cluster" "serverless" {
  engine_mode = "serverless"
}

variable "encrypted" { default = "true" }

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-central-1a"
  encrypted         = var.encrypted
}

resource "aws_elasticache_replication_group" "sessions" {
  at_rest_encryption_enabled = true
}

resource "aws_opensearch_domain" "search" {
  encrypt_at_rest { enabled = true }
}

resource "aws_kinesis_stream" "events" {
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"
}

resource "aws_sns_topic" "orders" {
  kms_master_key_id = aws_kms_key.data.id
}

# encrypted unless told otherwise
resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue" "own_key" {
  kms_master_key_id       = "alias/queue"
  sqs_managed_sse_enabled = false
}

resource "aws_kms_key" "data" {}

resource "aws_elasticache_replication_group" "valkey" {
  engine = "valkey"
}

resource "aws_kinesis_firehose_delivery_stream" "from_kafka" {
  destination = "extended_s3"
  msk_source_configuration {
    topic_name = "events"
  }
}

# these are always encrypted; what can be chosen is the key
resource "aws_dynamodb_table" "orders" {
  server_side_encryption { enabled = false }
}

resource "aws_s3_bucket" "files" {}

resource "aws_cloudwatch_log_group" "app" {}

resource "aws_ecr_repository" "app" {}

resource "aws_memorydb_cluster" "cache" {}

resource "aws_fsx_lustre_file_system" "scratch" {}

resource "aws_rds_global_cluster" "promoted" {
  source_db_cluster_identifier = "arn:aws:rds:eu-central-1:111122223333:cluster:ledger"
}

resource "aws_ami_copy" "golden" {
  encrypted = true
}
