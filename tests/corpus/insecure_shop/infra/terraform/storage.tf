resource "aws_s3_bucket" "receipts" {
  bucket = "kettlewick-receipts"
  tags   = local.in_scope
}

resource "aws_s3_bucket_public_access_block" "receipts" {
  bucket                  = aws_s3_bucket.receipts.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "receipts" {
  bucket = aws_s3_bucket.receipts.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.receipts.arn
    }
  }
}

resource "aws_s3_bucket_logging" "receipts" {
  bucket        = aws_s3_bucket.receipts.id
  target_bucket = aws_s3_bucket.audit_logs.id
  target_prefix = "receipts/"
}

# Photographs and logos for journalists.
resource "aws_s3_bucket" "press" {
  bucket = "kettlewick-press"
}

resource "aws_s3_bucket_acl" "press" {
  bucket = aws_s3_bucket.press.id
  acl    = "public-read" # paylint: ignore[public_bucket] press photos, meant for everyone
}

resource "aws_s3_bucket_server_side_encryption_configuration" "press" {
  bucket = aws_s3_bucket.press.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_logging" "press" {
  bucket        = aws_s3_bucket.press.id
  target_bucket = aws_s3_bucket.audit_logs.id
  target_prefix = "press/"
}
