resource "aws_sqs_queue_policy" "orders" {
  queue_url = "https://sqs.example/orders"
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = { AWS = "*" }, Action = "sqs:SendMessage", Resource = "*" }, # expect
    ]
  })
}

# A protocol says nothing about who.
resource "aws_sns_topic" "alerts" {
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "sns:Subscribe", Resource = "*", Condition = { StringEquals = { "sns:Protocol" = "https" } } }, # expect
    ]
  })
}

resource "aws_ecr_repository_policy" "images" {
  repository = "images"
  policy = jsonencode({
    Statement = { Effect = "Allow", Principal = "*", Action = ["ecr:BatchGetImage"] } # expect
  })
}

# Everyone but one account.
resource "aws_secretsmanager_secret_policy" "gateway" {
  secret_arn = "arn:aws:secretsmanager:eu-central-1:1:secret:gateway"
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "secretsmanager:GetSecretValue", Resource = "*", Condition = { StringNotEquals = { "aws:PrincipalAccount" = "1" } } }, # expect
    ]
  })
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_iam_role" "everyone" {
  assume_role_policy = data.aws_iam_policy_document.trust.json # expect
}

resource "aws_iam_role" "pipeline" {
  assume_role_policy = jsonencode({
    Statement = [{ # expect
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" } }
    }]
  })
}

resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  access_policies = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = { AWS = "*" }, Action = "es:*", Resource = "*" }, # expect
    ]
  })
}

resource "aws_opensearch_domain_policy" "logs" {
  domain_name = aws_opensearch_domain.logs.domain_name
  access_policies = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "es:*", Resource = "*", Condition = { IpAddress = { "aws:SourceIp" = ["0.0.0.0/0"] } } }, # expect
    ]
  })
}

resource "aws_api_gateway_rest_api" "internal" {
  name = "internal"
  endpoint_configuration {
    types = ["PRIVATE"]
  }
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = "*" }, # expect
    ]
  })
}

resource "aws_cloudwatch_log_resource_policy" "all" {
  policy_name = "all"
  policy_document = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "logs:PutLogEvents", Resource = "*" }, # expect
    ]
  })
}

resource "aws_efs_file_system_policy" "share" {
  file_system_id = "fs-1"
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = { AWS = "*" }, Action = "elasticfilesystem:ClientMount", Condition = { Bool = { "aws:SecureTransport" = "true" } } }, # expect
    ]
  })
}

resource "aws_iam_openid_connect_provider" "gitlab" {
  url = "https://gitlab.com"
}

resource "aws_iam_role" "by_reference" {
  assume_role_policy = jsonencode({
    Statement = [{ # expect
      Effect    = "Allow"
      Principal = { Federated = aws_iam_openid_connect_provider.gitlab.arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringEquals = { "gitlab.com:aud" = "https://gitlab.com" } }
    }]
  })
}

# Fits whoever calls himself shop-something.
resource "aws_iam_role" "half_a_name" {
  assume_role_policy = jsonencode({
    Statement = [{ # expect
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com" }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:shop*" } }
    }]
  })
}

resource "aws_vpclattice_auth_policy" "orders" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Principal = "*", Resource = "*" }] }) # expect
}
