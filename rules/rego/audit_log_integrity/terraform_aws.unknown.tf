variable "on" { type = bool }

resource "aws_cloudtrail" "main" {
  name                       = "main"
  enable_log_file_validation = var.on
}

resource "aws_cloudtrail_event_data_store" "events" {
  name                           = "events"
  termination_protection_enabled = var.on
}

# Locked, for as long as nobody says.
resource "aws_s3_bucket" "trail" {
  bucket              = "trail"
  object_lock_enabled = true
}

resource "aws_cloudtrail" "locked" {
  name                       = "locked"
  s3_bucket_name             = aws_s3_bucket.trail.id
  enable_log_file_validation = true
}

variable "mode" { type = string }

resource "aws_s3_bucket_object_lock_configuration" "logs" {
  bucket = "logs"
  rule {
    default_retention {
      mode = var.mode
      days = 400
    }
  }
}
