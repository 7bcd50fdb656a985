resource "aws_iam_policy" "deploy" {
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = ["s3:*"], Resource = "arn:aws:s3:::artifacts/*" },
      { Effect = "Deny", Action = "*", Resource = "*" },
      { Effect = "Allow", Action = "*", Resource = "*", Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } } },
    ]
  })
}

resource "aws_iam_role_policy" "service" {
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::1:role/task" },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } } },
      { Effect = "Allow", Action = ["ec2:Describe*", "logs:*", "cloudwatch:*", "xray:*"], Resource = "*" },
      { Effect = "Deny", NotAction = ["iam:*"], Resource = "*" },
    ]
  })
}

# Whom the organisation's policy leaves alone has only what others grant.
data "aws_iam_policy_document" "ceiling" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
}

resource "aws_organizations_policy" "ceiling" {
  name    = "ceiling"
  content = data.aws_iam_policy_document.ceiling.json
}

# The policy of a key: "*" is the key itself.
data "aws_iam_policy_document" "key" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::1:root"]
    }
  }
}

resource "aws_iam_role_policy" "named" {
  role = "named"
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Resource = "arn:aws:iam::*:role/deploy-*" },
      { Effect = "Allow", Action = "dynamodb:*", Resource = "arn:aws:dynamodb:eu-central-1:1:table/orders" },
      { Effect = "Allow", Action = ["s3:ListAllMyBuckets", "s3:GetBucketLocation"], Resource = "arn:aws:s3:::*" },
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "arn:aws:s3:::shop-*/*" },
      { Effect = "Allow", Action = ["kms:Decrypt"], Resource = "*", Condition = { StringEquals = { "kms:ViaService" = "s3.eu-central-1.amazonaws.com" } } },
      { Effect = "Allow", Action = ["ecr:GetAuthorizationToken", "secretsmanager:ListSecrets", "ssm:DescribeParameters"], Resource = "*" },
    ]
  })
}

# What a role may have at most grants nothing.
resource "aws_iam_policy" "boundary" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_role" "bounded" {
  assume_role_policy   = "{}"
  permissions_boundary = aws_iam_policy.boundary.arn
}
