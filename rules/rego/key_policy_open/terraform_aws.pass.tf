resource "aws_kms_key" "data" {
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::111122223333:root" } },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "*", Principal = { AWS = "*" },
      Condition = { StringEquals = { "kms:CallerAccount" = "111122223333" } } },
    ]
  })
}

resource "aws_kms_key" "default_policy" {}

# of a public key nothing must stay secret
resource "aws_kms_key" "signing" {
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = ["kms:GetPublicKey", "kms:Verify", "kms:DescribeKey"]
      Resource  = "*"
      Principal = "*"
    }]
  })
}

data "aws_iam_policy_document" "organization" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-1"]
    }
    condition {
      test     = "StringLike"
      variable = "kms:ViaService"
      values   = ["s3.*.amazonaws.com"]
    }
  }
}

resource "aws_kms_key" "organization" {
  policy = data.aws_iam_policy_document.organization.json
}

resource "aws_kms_key" "fenced" {
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "kms:Decrypt", Resource = "*", Principal = "*" },
      { Effect = "Deny", Action = "kms:*", Resource = "*", Principal = "*",
      Condition = { StringNotEquals = { "aws:PrincipalOrgID" = "o-1" } } },
    ]
  })
}

resource "aws_kms_grant" "app" {
  key_id            = "k"
  operations        = ["Decrypt"]
  grantee_principal = "arn:aws:iam::111122223333:role/app"
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "account" {
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "kms:*"
      Resource  = "*"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
    }]
  })
}

# whose account it is, only apply knows; that it is one account, is known
resource "aws_kms_key" "same_account" {
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "kms:Decrypt"
      Resource  = "*"
      Principal = { AWS = "*" }
      Condition = { StringEquals = { "kms:CallerAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}
