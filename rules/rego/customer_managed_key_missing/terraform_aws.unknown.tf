variable "key" {}

variable "encrypted" {}

resource "aws_secretsmanager_secret" "gateway" {
  kms_key_id = var.key
}

resource "aws_efs_file_system" "shop" {
  encrypted = var.encrypted
}

resource "aws_dynamodb_table" "shop" {
  dynamic "server_side_encryption" {
    for_each = var.encrypted ? [1] : []
    content {
      enabled     = true
      kms_key_arn = var.key
    }
  }
}
