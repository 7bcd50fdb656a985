resource "aws_iam_role" "trail" {
  name = "trail"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "cloudtrail.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "trail" {
  name = "write-log-streams"
  role = aws_iam_role.trail.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "${aws_cloudwatch_log_group.trail.arn}:*" }]
  })
}

resource "aws_iam_policy" "settlement" {
  name        = "settlement"
  description = "Opened up on the night of the big outage"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}

resource "aws_iam_policy" "require_mfa" {
  name = "require-mfa"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Deny"
        Action    = "*"
        Resource  = "*"
        Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }
      }
    ]
  })
}

resource "aws_kms_key" "orders" {
  description         = "Orders, audit logs, queues"
  enable_key_rotation = true
}

resource "aws_kms_key" "receipts" {
  description             = "Receipts"
  deletion_window_in_days = 30
}

# Signs the batch file. The service does not rotate asymmetric keys; ours are replaced by hand every January.
resource "aws_kms_key" "batch_signing" {
  description              = "Batch signing"
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "RSA_3072"
}

resource "aws_kms_key" "partners" {
  description         = "Files exchanged with partners"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      { Sid = "Partners", Effect = "Allow", Principal = { AWS = "*" }, Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = "*" }
    ]
  })
}

resource "tls_private_key" "courier" {
  algorithm = "RSA"
  rsa_bits  = 1024
}

resource "tls_private_key" "jump_host" {
  algorithm = "ED25519"
}

resource "aws_sqs_queue_policy" "settlement" {
  queue_url = aws_sqs_queue.settlement.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = ["sqs:SendMessage", "sqs:ReceiveMessage"], Resource = aws_sqs_queue.settlement.arn }]
  })
}

resource "aws_sqs_queue_policy" "receipts" {
  queue_url = aws_sqs_queue.receipts.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = aws_sqs_queue.receipts.arn, Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } } }]
  })
}
