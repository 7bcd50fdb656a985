resource "aws_cloudtrail" "main" {
  enable_log_file_validation = true
}

resource "aws_s3_bucket_object_lock_configuration" "logs" {
  bucket = "logs"
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 400
    }
  }
}
