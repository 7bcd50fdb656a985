# What the service's pod may, by the token of its service account: no key of AWS is kept anywhere.
resource "aws_iam_role" "service" {
  name                 = "payment-service"
  max_session_duration = 3600
  assume_role_policy   = data.aws_iam_policy_document.service_trust.json
}

data "aws_iam_policy_document" "service_trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [var.cluster_oidc_provider_arn]
    }
    condition {
      test     = "StringEquals"
      variable = "${var.cluster_issuer}:sub"
      values   = ["system:serviceaccount:payments:payment-processor"]
    }
    condition {
      test     = "StringEquals"
      variable = "${var.cluster_issuer}:aud"
      values   = ["sts.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "service" {
  name   = "payment-service"
  role   = aws_iam_role.service.id
  policy = data.aws_iam_policy_document.service.json
}

data "aws_iam_policy_document" "service" {
  statement {
    sid       = "Wrapping"
    actions   = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:DescribeKey"]
    resources = ["arn:aws:kms:${var.region}:${local.account}:key/*"]
    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "kms:ResourceAliases"
      values   = ["alias/payment-service"]
    }
  }
  # The trail of events: written once, under lock, never removed. It may not shorten a lock either.
  statement {
    sid       = "Trail"
    actions   = ["s3:PutObject", "s3:PutObjectRetention", "s3:GetObject", "s3:GetObjectRetention"]
    resources = ["${aws_s3_bucket.trail.arn}/events/*"]
  }
  statement {
    sid       = "TrailIsLocked"
    actions   = ["s3:GetBucketObjectLockConfiguration", "s3:ListBucket"]
    resources = [aws_s3_bucket.trail.arn]
  }
}
