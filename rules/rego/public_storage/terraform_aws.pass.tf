resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket                  = aws_s3_bucket.logs.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# void: public ACLs of this bucket are ignored
resource "aws_s3_bucket_acl" "logs" {
  bucket = aws_s3_bucket.logs.id
  acl    = "public-read"
}

resource "aws_s3_bucket_acl" "private" {
  bucket = "other"
  acl    = "private"
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Statement = [
      { Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } },
      { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*", Condition = { StringEquals = { "aws:SourceVpce" = "vpce-1" } } },
      { Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "s3:PutObject", Resource = "*" },
    ]
  })
}

# Everyone is allowed, and all but the endpoint's callers are denied.
resource "aws_s3_bucket_policy" "fenced" {
  bucket = "fenced"
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*" },
      { Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "*", Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" } } },
    ]
  })
}

data "aws_iam_policy_document" "cdn" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop/*"]
    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "reader" {
  name = "reader"
}

resource "aws_s3_bucket_policy" "cdn" {
  bucket = "shop"
  policy = data.aws_iam_policy_document.cdn.json
}

# A role's ARN is known only at apply; "*" it cannot be.
resource "aws_s3_bucket_policy" "role" {
  bucket = "roles"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = aws_iam_role.reader.arn }, Action = "s3:*", Resource = "*" }]
  })
}

# All four are on where nothing is written.
resource "aws_s3_access_point" "partners" {
  name   = "partners"
  bucket = "shop"
  public_access_block_configuration {
    block_public_acls = true
  }
}

resource "aws_s3_object" "private" {
  bucket = "shop"
  key    = "orders.csv"
  acl    = "bucket-owner-full-control"
}

resource "aws_ami_launch_permission" "partner" {
  image_id   = "ami-1"
  account_id = "1"
}

resource "aws_db_snapshot" "orders" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders"
  shared_accounts        = ["1"]
}

resource "aws_ebs_snapshot_block_public_access" "account" {
  state = "block-all-sharing"
}

# The block leaves the policy to services and the own account.
resource "aws_s3_bucket" "restricted" {
  bucket = "restricted"
}

resource "aws_s3_bucket_public_access_block" "restricted" {
  bucket                  = aws_s3_bucket.restricted.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "restricted" {
  bucket = aws_s3_bucket.restricted.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*" }]
  })
}
