variable "encrypted" { type = bool }

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-central-1a"
  encrypted         = var.encrypted
}

resource "aws_kinesis_stream" "events" {
  encryption_type = var.encrypted ? "KMS" : "NONE"
}

resource "aws_sqs_queue" "orders" {
  sqs_managed_sse_enabled = var.encrypted
}

variable "engine" { type = string }

resource "aws_elasticache_replication_group" "sessions" {
  engine = var.engine
}
