resource "aws_kms_key" "mine" {}

resource "aws_s3_bucket" "cards" {
  bucket = "cards"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "cards" {
  bucket = aws_s3_bucket.cards.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.mine.arn
    }
  }
}

# Takes its bucket's key.
resource "aws_s3_object" "in_cards" {
  bucket = aws_s3_bucket.cards.id
  key    = "a"
}

resource "aws_s3_object" "asks" {
  bucket                 = "elsewhere"
  key                    = "a"
  server_side_encryption = "aws:kms"
  kms_key_id             = aws_kms_key.mine.arn
}

resource "aws_s3_bucket" "older" {
  bucket = "older"
  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = "alias/cards"
      }
    }
  }
}

# What balancers and S3 itself write to takes S3's own key only.
resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_lb" "edge" {
  access_logs {
    bucket  = aws_s3_bucket.logs.id
    enabled = true
  }
}

resource "aws_s3_bucket" "accesses" {
  bucket = "accesses"
}

resource "aws_s3_bucket_logging" "cards" {
  bucket        = aws_s3_bucket.cards.id
  target_bucket = aws_s3_bucket.accesses.id
  target_prefix = "cards/"
}
