resource "aws_iam_policy" "deploy" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" }, # expect
      { Effect = "Allow", Action = "*", Resource = "*" }, # expect
    ]
  })
}

resource "aws_iam_role" "worker" {
  name               = "worker"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
  inline_policy {
    name = "all"
    policy = jsonencode({
      Statement = [
        { Effect = "Allow", Action = ["logs:PutLogEvents", "s3:*"], Resource = ["*"] }, # expect
      ]
    })
  }
}

resource "aws_iam_user_policy" "ops" {
  user = "ops"
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", NotAction = ["iam:*"], Resource = "*" }, # expect
    ]
  })
}

resource "aws_iam_role_policy" "pipeline" {
  role = "pipeline"
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = ["iam:Pass*", "ecs:RunTask"], Resource = "*" }, # expect
    ]
  })
}

resource "aws_ssoadmin_permission_set_inline_policy" "support" {
  instance_arn       = "arn:aws:sso:::instance/1"
  permission_set_arn = "arn:aws:sso:::permissionSet/1/2"
  inline_policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "kms:*", Resource = "*" }, # expect
    ]
  })
}

data "aws_iam_policy_document" "unused" {
  statement { # expect
    actions   = ["*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "used" {
  statement {
    actions   = ["iam:*"]
    resources = ["*"]
  }
}

resource "aws_iam_group_policy" "used" {
  group  = "people"
  policy = data.aws_iam_policy_document.used.json # expect
}

resource "aws_iam_role_policy" "jump" {
  role = "jump"
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Resource = "arn:aws:iam::*:role/*" }, # expect
      { Effect = "Allow", Action = "dynamodb:*", Resource = "arn:aws:dynamodb:eu-central-1:1:table/*" }, # expect
    ]
  })
}

# Another service, secrets and files of everybody; and conditions that give away nothing less.
resource "aws_iam_policy" "wide" {
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = ["sqs:*", "sns:Publish"], Resource = "*" }, # expect
      { Effect = "Allow", Action = ["kms:Decrypt", "secretsmanager:Get*"], Resource = "*" }, # expect
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "arn:aws:s3:::*/*" }, # expect
      { Effect = "Allow", Action = "ssm:StartSession", Resource = "arn:aws:ec2:*:*:instance/*" }, # expect
      { Effect = "Allow", Action = "*", Resource = "*", Condition = { StringEquals = { "aws:RequestedRegion" = "eu-central-1" } } }, # expect
      { Effect = "Allow", Action = "iam:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "true" } } }, # expect
    ]
  })
}
