resource "aws_s3_bucket" "plain" { # expect
  bucket = "plain"
}

resource "aws_s3_object" "in_plain" { # expect
  bucket = aws_s3_bucket.plain.id
  key    = "a"
}

resource "aws_s3_bucket" "aes" {
  bucket = "aes"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "aes" {
  bucket = aws_s3_bucket.aes.id
  rule {
    apply_server_side_encryption_by_default { # expect
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "aws" {
  bucket = "elsewhere"
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "alias/aws/s3" # expect
    }
  }
}

# The older way.
resource "aws_s3_bucket" "older" {
  bucket = "older"
  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default { # expect
        sse_algorithm = "AES256"
      }
    }
  }
}

resource "aws_s3_bucket_object" "asks" { # expect
  bucket                 = "elsewhere"
  key                    = "a"
  server_side_encryption = "AES256"
}

resource "aws_s3_object_copy" "asks" {
  bucket     = "elsewhere"
  key        = "a"
  source     = "b/a"
  kms_key_id = "alias/aws/s3" # expect
}

# A balancer of the network level writes to buckets with keys of one's own, too.
resource "aws_s3_bucket" "network_logs" {
  bucket = "network-logs"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "network_logs" {
  bucket = aws_s3_bucket.network_logs.id
  rule {
    apply_server_side_encryption_by_default { # expect
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_lb" "network" {
  load_balancer_type = "network"
  access_logs {
    bucket  = aws_s3_bucket.network_logs.id
    enabled = true
  }
}
