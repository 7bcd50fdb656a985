resource "aws_kms_key" "data" {
  enable_key_rotation = true
}

# KMS cannot rotate these
resource "aws_kms_key" "signing" {
  customer_master_key_spec = "RSA_3072"
  key_usage                = "SIGN_VERIFY"
}

resource "aws_kms_key" "mac" {
  customer_master_key_spec = "HMAC_256"
  key_usage                = "GENERATE_VERIFY_MAC"
}

resource "aws_kms_key" "transport" {
  customer_master_key_spec = "RSA_4096"
  key_usage                = "ENCRYPT_DECRYPT"
  enable_key_rotation      = false
}

resource "aws_kms_key" "hsm" {
  custom_key_store_id = "cks-1"
}

resource "aws_kms_external_key" "imported" {}

resource "aws_kms_replica_key" "copy" {
  primary_key_arn = aws_kms_key.data.arn
}

resource "aws_kms_key" "yearly" {
  enable_key_rotation     = "true"
  rotation_period_in_days = 365
}

resource "aws_kms_key" "quarterly" {
  enable_key_rotation     = true
  rotation_period_in_days = 90
}
