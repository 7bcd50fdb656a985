resource "aws_s3_bucket" "site" {
  bucket = "site"
  acl    = "public-read" # expect
}

resource "aws_s3_bucket" "exports" {
  bucket = "exports"
}

resource "aws_s3_bucket_acl" "exports" {
  bucket = aws_s3_bucket.exports.id
  acl    = "public-read-write" # expect
}

resource "aws_s3_bucket_public_access_block" "loose" {
  bucket              = "other"
  block_public_acls   = true
  block_public_policy = false # expect
  ignore_public_acls  = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "exports" {
  bucket = aws_s3_bucket.exports.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # expect
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::exports/*"
    }]
  })
}

resource "aws_s3_object" "price_list" {
  bucket = "shop"
  key    = "prices.csv"
  acl    = "public-read" # expect
}

resource "aws_s3_bucket" "granted" {
  bucket = "granted"
  grant {
    type        = "Group"
    permissions = ["READ"]
    uri         = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers" # expect
  }
}

resource "aws_s3_bucket_acl" "granted" {
  bucket = "granted-too"
  access_control_policy {
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers" # expect
      }
    }
    owner { id = "abc" }
  }
}

resource "aws_s3_account_public_access_block" "account" { # expect
  block_public_acls   = true
  block_public_policy = true
  ignore_public_acls  = true
}

# That the connection is encrypted says nothing about who is at its other end.
data "aws_iam_policy_document" "encrypted" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
}

resource "aws_s3_bucket_policy" "encrypted" {
  bucket = "shop"
  policy = data.aws_iam_policy_document.encrypted.json # expect
}

resource "aws_s3_access_point" "partners" {
  name   = "partners"
  bucket = "shop"
  public_access_block_configuration {
    block_public_policy = false # expect
  }
}

resource "aws_glacier_vault" "archive" {
  name = "archive"
  access_policy = jsonencode({
    Statement = [
      { Effect = "Allow", NotPrincipal = { AWS = "arn:aws:iam::1:root" }, Action = "glacier:*", Resource = "*" }, # expect
    ]
  })
}

resource "aws_ami_launch_permission" "all" {
  image_id = "ami-1"
  group    = "all" # expect
}

resource "aws_db_snapshot" "orders" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders"
  shared_accounts        = ["all"] # expect
}

resource "aws_ebs_snapshot_block_public_access" "account" {
  state = "unblocked" # expect
}

resource "aws_imagebuilder_distribution_configuration" "images" {
  name = "images"
  distribution {
    region = "eu-central-1"
    ami_distribution_configuration {
      launch_permission {
        user_groups = ["all"] # expect
      }
    }
  }
}
