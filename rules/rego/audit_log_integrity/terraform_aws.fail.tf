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

resource "aws_cloudtrail_event_data_store" "events" {
  name                           = "events"
  termination_protection_enabled = false # expect
}

resource "aws_s3_bucket" "trail" { # expect
  bucket = "trail"
}

resource "aws_cloudtrail" "bare" {
  name                       = "bare"
  s3_bucket_name             = aws_s3_bucket.trail.id
  enable_log_file_validation = true
}

resource "aws_s3_bucket" "suspended" {
  bucket = "suspended"
}

resource "aws_s3_bucket_versioning" "suspended" {
  bucket = aws_s3_bucket.suspended.id
  versioning_configuration {
    status = "Suspended" # expect
  }
}

resource "aws_cloudtrail" "suspended" {
  name                       = "suspended"
  s3_bucket_name             = aws_s3_bucket.suspended.bucket
  enable_log_file_validation = true
}

resource "aws_s3_bucket" "old" {
  bucket = "old"
  object_lock_configuration {
    object_lock_enabled = "Enabled"
    rule {
      default_retention {
        mode = "GOVERNANCE" # expect
        days = 365
      }
    }
  }
}

resource "aws_s3_bucket" "unheld" {
  bucket = "unheld"
  object_lock_configuration { # expect
    object_lock_enabled = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "timeless" {
  bucket = "logs"
  rule {
    default_retention { # expect
      mode = "COMPLIANCE"
    }
  }
}
