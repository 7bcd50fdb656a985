resource "aws_cloudtrail" "main" { # expect
  name = "main"
}

resource "aws_cloudtrail" "other" {
  enable_log_file_validation = false # expect
}

resource "aws_s3_bucket_object_lock_configuration" "logs" {
  bucket = "logs"
  rule {
    default_retention {
      mode = "GOVERNANCE" # expect
      days = 365
    }
  }
}

resource "aws_s3_bucket_object_lock_configuration" "empty" { # expect
  bucket = "logs"
}
