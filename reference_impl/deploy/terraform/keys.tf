# The key that wraps the service's keys. The service rotates what it wraps with (`paylint-reference keys rotate`, a new
# KMS key behind the same alias, quarterly); AWS rotates what is inside of each key as well.
resource "aws_kms_key" "service" {
  description             = "Wraps the keys of the payment service"
  enable_key_rotation     = true
  rotation_period_in_days = 90
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.service_key.json
}

resource "aws_kms_alias" "service" {
  name          = "alias/payment-service"
  target_key_id = aws_kms_key.service.id
  lifecycle {
    ignore_changes = [target_key_id] # a rotation moves it
  }
}

data "aws_iam_policy_document" "service_key" {
  statement {
    sid       = "Administration"
    actions   = ["kms:Create*", "kms:Describe*", "kms:Enable*", "kms:Get*", "kms:List*", "kms:Put*", "kms:Tag*", "kms:Untag*", "kms:Update*", "kms:CancelKeyDeletion", "kms:ScheduleKeyDeletion"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${local.account}:role/key-custodian"]
    }
  }
  statement {
    sid       = "Wrapping"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:DescribeKey"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.service.arn]
    }
  }
}

# Another for what lies on disks: databases, volumes, logs.
resource "aws_kms_key" "storage" {
  description             = "Encrypts the payment service's databases, volumes and logs"
  enable_key_rotation     = true
  rotation_period_in_days = 90
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.storage_key.json
}

resource "aws_kms_alias" "storage" {
  name          = "alias/payment-volumes"
  target_key_id = aws_kms_key.storage.id
}

data "aws_iam_policy_document" "storage_key" {
  statement {
    sid       = "Administration"
    actions   = ["kms:Create*", "kms:Describe*", "kms:Enable*", "kms:Get*", "kms:List*", "kms:Put*", "kms:Tag*", "kms:Untag*", "kms:Update*", "kms:CancelKeyDeletion", "kms:ScheduleKeyDeletion"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${local.account}:role/key-custodian"]
    }
  }
  statement {
    sid       = "Storage"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:DescribeKey", "kms:CreateGrant"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${local.account}:root"]
    }
    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = [for service in ["rds", "ec2", "elasticache", "s3"] : "${service}.${var.region}.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "kms:CallerAccount"
      values   = [local.account]
    }
  }
  statement {
    sid       = "Logs"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["logs.${var.region}.amazonaws.com", "cloudtrail.amazonaws.com", "delivery.logs.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}
