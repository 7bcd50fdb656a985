# The account blocks it for all of them.
resource "aws_s3_account_public_access_block" "account" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket" "exports" {
  bucket = "exports"
}

locals { name = "logs" }

resource "aws_s3_bucket" "logs" {
  bucket = local.name
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket                  = local.name
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
