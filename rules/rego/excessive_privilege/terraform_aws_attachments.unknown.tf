variable "arn" { type = string }

resource "aws_iam_role_policy_attachment" "given" {
  role       = "ci"
  policy_arn = var.arn
}
