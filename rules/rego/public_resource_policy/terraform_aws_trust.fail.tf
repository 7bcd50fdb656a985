resource "aws_vpc_endpoint" "s3" {
  service_name = "com.amazonaws.eu-central-1.s3"
  policy       = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Principal = "*", Resource = "*" }] }) # expect
}

resource "aws_vpc_endpoint_policy" "sqs" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:*", Principal = { AWS = "*" }, Resource = "*" }] }) # expect
}

resource "aws_iam_role" "shoppers" {
  assume_role_policy = jsonencode({
    Statement = [{ # expect
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "cognito-identity.amazonaws.com" }
      Condition = { "ForAnyValue:StringLike" = { "cognito-identity.amazonaws.com:amr" = "authenticated" } }
    }]
  })
}
