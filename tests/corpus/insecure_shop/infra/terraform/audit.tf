data "aws_caller_identity" "current" {}

resource "aws_cloudtrail" "main" {
  name                          = "main"
  s3_bucket_name                = aws_s3_bucket.audit_logs.id
  kms_key_id                    = aws_kms_key.orders.arn
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = false
  cloud_watch_logs_group_arn    = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn     = aws_iam_role.trail.arn
}

resource "aws_cloudwatch_log_group" "trail" {
  name              = "/kettlewick/audit/cloudtrail"
  retention_in_days = 400
  kms_key_id        = aws_kms_key.orders.arn
}

resource "aws_cloudwatch_log_group" "checkout_audit" {
  name              = "/kettlewick/audit/checkout"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.orders.arn
}

# Never expires.
resource "aws_cloudwatch_log_group" "ledger_audit" {
  name              = "/kettlewick/audit/ledger"
  retention_in_days = 0
  kms_key_id        = aws_kms_key.orders.arn
}

resource "aws_s3_bucket" "audit_logs" {
  bucket              = "kettlewick-audit-logs"
  object_lock_enabled = true
  tags                = local.in_scope
}

resource "aws_s3_bucket_versioning" "audit_logs" {
  bucket = aws_s3_bucket.audit_logs.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "audit_logs" {
  bucket = aws_s3_bucket.audit_logs.id

  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = 400
    }
  }
}

resource "aws_s3_bucket_public_access_block" "audit_logs" {
  bucket                  = aws_s3_bucket.audit_logs.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "audit_logs" {
  bucket = aws_s3_bucket.audit_logs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.orders.arn
    }
  }
}

resource "aws_s3_bucket_logging" "audit_logs" {
  bucket        = aws_s3_bucket.audit_logs.id
  target_bucket = aws_s3_bucket.audit_logs.id
  target_prefix = "audit-logs/"
}
