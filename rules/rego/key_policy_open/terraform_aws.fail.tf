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
