resource "aws_vpc_endpoint" "s3" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Principal = "*", Resource = "*", Condition = { StringEquals = { "aws:ResourceAccount" = "1" } } }] })
}

resource "aws_vpc_endpoint_policy" "files" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Principal = "*", Resource = "arn:aws:s3:::shop/*" }] })
}

resource "aws_iam_role" "shoppers" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "cognito-identity.amazonaws.com" }
      Condition = { StringEquals = { "cognito-identity.amazonaws.com:aud" = "eu-central-1:pool" } }
    }]
  })
}
