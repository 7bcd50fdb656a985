resource "aws_kms_key" "data" {
  policy = data.aws_iam_policy_document.key.json # expect
}

data "aws_iam_policy_document" "key" {
  statement {
    effect    = "Allow"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_kms_key_policy" "other" {
  key_id = "k"
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "*", Principal = { AWS = "*" } }, # expect
    ]
  })
}

resource "aws_kms_external_key" "heredoc" {
  policy = <<EOF
{"Statement": {"Sid": "# expect", "Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": ["kms:DescribeKey", "kms:Encrypt"], "Resource": "*"}}
EOF
}

# through S3, but by whom?
resource "aws_kms_replica_key" "via_service" {
  policy = jsonencode({
    Statement = [{ # expect
      Effect    = "Allow"
      Action    = "kms:Decrypt"
      Resource  = "*"
      Principal = "*"
      Condition = { StringEquals = { "kms:ViaService" = "s3.eu-central-1.amazonaws.com" } }
    }]
  })
}

# everyone but this account
resource "aws_kms_key" "inverted" {
  policy = jsonencode({
    Statement = [{ # expect
      Effect    = "Allow"
      Action    = "kms:*"
      Resource  = "*"
      Principal = { AWS = "*" }
      Condition = { StringNotEquals = { "kms:CallerAccount" = "111122223333" } }
    }]
  })
}

resource "aws_kms_key" "any_account" {
  policy = jsonencode({
    Statement = [{ # expect
      Effect    = "Allow"
      Action    = "kms:*"
      Resource  = "*"
      Principal = { AWS = "*" }
      Condition = { StringLike = { "kms:CallerAccount" = "*" } }
    }]
  })
}

resource "aws_kms_key" "but_one" {
  policy = jsonencode({
    Statement = [{ # expect
      Effect       = "Allow"
      Action       = "kms:*"
      Resource     = "*"
      NotPrincipal = { AWS = "arn:aws:iam::111122223333:user/intern" }
    }]
  })
}

resource "aws_kms_grant" "all" {
  key_id            = "k"
  operations        = ["Decrypt"]
  grantee_principal = "*" # expect
}
