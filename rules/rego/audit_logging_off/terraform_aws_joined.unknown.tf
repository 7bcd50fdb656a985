variable "bucket" { type = string }

resource "aws_s3_bucket" "receipts" {
  bucket = "receipts"
}

resource "aws_s3_bucket_logging" "some" {
  bucket        = var.bucket
  target_bucket = "logs"
}
