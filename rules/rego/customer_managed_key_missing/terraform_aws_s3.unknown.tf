variable "key" {}

resource "aws_s3_bucket_server_side_encryption_configuration" "cards" {
  bucket = "cards"
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.key
    }
  }
}

resource "aws_s3_object" "elsewhere" {
  bucket = "cards"
  key    = "a"
}
