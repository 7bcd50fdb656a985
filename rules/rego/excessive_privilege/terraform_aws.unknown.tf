variable "policy" { type = string }
variable "actions" { type = list(string) }

resource "aws_iam_policy" "whole" {
  policy = var.policy
}

resource "aws_iam_policy" "actions" {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = var.actions, Resource = "*" }]
  })
}

variable "resource" { type = string }

resource "aws_iam_policy" "resource" {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "*", Resource = var.resource }]
  })
}
