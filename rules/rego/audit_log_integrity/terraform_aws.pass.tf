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

# Protected where nothing is written.
resource "aws_cloudtrail_event_data_store" "events" {
  name = "events"
}

resource "aws_s3_bucket" "trail" {
  bucket              = "trail"
  object_lock_enabled = true
}

resource "aws_s3_bucket_object_lock_configuration" "trail" {
  bucket = aws_s3_bucket.trail.id
  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 1
    }
  }
}

resource "aws_s3_bucket" "older" {
  bucket = "older"
  object_lock_configuration {
    object_lock_enabled = "Enabled"
    rule {
      default_retention {
        mode = "COMPLIANCE"
        days = 365
      }
    }
  }
}

# What the provider reads back into the older place says nothing beside the lock's own resource.
resource "aws_s3_bucket" "moved" {
  bucket = "moved"
  object_lock_configuration {
    object_lock_enabled = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "moved" {
  bucket = aws_s3_bucket.moved.id
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 365
    }
  }
}

resource "aws_cloudtrail" "locked" {
  name                       = "locked"
  s3_bucket_name             = aws_s3_bucket.trail.id
  enable_log_file_validation = true
}

resource "aws_s3_bucket" "versions" {
  bucket = "versions"
}

resource "aws_s3_bucket_versioning" "versions" {
  bucket = aws_s3_bucket.versions.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_cloudtrail" "versions" {
  name                       = "versions"
  s3_bucket_name             = aws_s3_bucket.versions.id
  enable_log_file_validation = true
}

# No log lies here.
resource "aws_s3_bucket" "uploads" {
  bucket = "uploads"
}

resource "aws_s3_bucket_versioning" "uploads" {
  bucket = aws_s3_bucket.uploads.id
  versioning_configuration {
    status = "Suspended"
  }
}
