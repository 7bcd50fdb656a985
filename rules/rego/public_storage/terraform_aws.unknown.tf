variable "acl" { type = string }
variable "reader" { type = string }
variable "policy" { type = string }

resource "aws_s3_bucket_acl" "exports" {
  bucket = "exports"
  acl    = var.acl
}

resource "aws_s3_bucket_policy" "reader" {
  bucket = "exports"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = var.reader }, Action = "s3:GetObject", Resource = "*" }]
  })
}

resource "aws_s3_bucket_policy" "whole" {
  bucket = "exports"
  policy = var.policy
}
