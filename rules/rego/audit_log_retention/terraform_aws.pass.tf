resource "aws_cloudwatch_log_group" "audit" {
  retention_in_days = 400
}

resource "aws_cloudwatch_log_group" "kept" {
  name = "for-ever"
}

resource "aws_cloudwatch_log_group" "zero" {
  retention_in_days = 0
}

# Seven years where nothing is written.
resource "aws_cloudtrail_event_data_store" "events" {
  name = "events"
}

resource "aws_s3_bucket" "trail" {
  bucket = "trail"
}

resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = aws_s3_bucket.trail.id
}

resource "aws_s3_bucket_lifecycle_configuration" "trail" {
  bucket = aws_s3_bucket.trail.id
  rule {
    id     = "delete"
    status = "Enabled"
    transition {
      days          = 90
      storage_class = "GLACIER"
    }
    expiration {
      days = 400
    }
  }
  rule {
    id     = "query-results"
    status = "Enabled"
    filter {
      prefix = "athena-results/"
    }
    expiration {
      days = 7
    }
  }
  rule {
    id     = "off"
    status = "Disabled"
    expiration {
      days = 7
    }
  }
}

# No log lies here.
resource "aws_s3_bucket" "uploads" {
  bucket = "uploads"
  lifecycle_rule {
    enabled = true
    expiration {
      days = 7
    }
  }
}
