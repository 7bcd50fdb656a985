resource "aws_cloudwatch_log_group" "audit" {
  name              = "/payments/audit"
  retention_in_days = 90 # expect
}

resource "aws_cloudtrail_event_data_store" "events" {
  name             = "events"
  retention_period = 90 # expect
}

resource "aws_config_retention_configuration" "changes" {
  retention_period_in_days = 30 # expect
}

resource "aws_securitylake_data_lake" "lake" {
  configuration {
    region = "eu-central-1"
    lifecycle_configuration {
      expiration {
        days = 180 # expect
      }
    }
  }
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
    filter {}
    expiration {
      days = 30 # expect
    }
  }
  rule {
    id     = "delete-by-name"
    status = "Enabled"
    filter {
      prefix = "AWSLogs/"
    }
    expiration {
      days = 60 # expect
    }
  }
}

resource "aws_s3_bucket" "flows" {
  bucket = "flows"
  lifecycle_rule {
    enabled = true
    expiration {
      days = 90 # expect
    }
  }
}

resource "aws_flow_log" "main" {
  vpc_id          = "vpc-1"
  log_destination = aws_s3_bucket.flows.arn
}
