variable "days" { type = number }

resource "aws_cloudwatch_log_group" "audit" {
  retention_in_days = var.days
}

resource "aws_s3_bucket" "trail" {
  bucket = "trail"
  lifecycle_rule {
    enabled = true
    expiration {
      days = var.days
    }
  }
}

resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = aws_s3_bucket.trail.id
}
