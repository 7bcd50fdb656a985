resource "aws_lb_target_group" "shop" {
  protocol = "HTTPS"
}

resource "aws_lb_listener" "shop" {
  port     = 443
  protocol = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

# No listener here ends TLS in front of it.
resource "aws_lb_target_group" "inside" {
  protocol = "HTTP"
}

resource "aws_glue_connection" "orders" {
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:postgresql://orders:5432/orders"
    JDBC_ENFORCE_SSL    = "true"
  }
}

resource "aws_glue_connection" "by_address" {
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:postgresql://orders:5432/orders?sslmode=verify-full"
  }
}

resource "aws_ses_configuration_set" "receipts" {
  name = "receipts"
  delivery_options {
    tls_policy = "Require"
  }
}

# On by default from this version.
resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
}

resource "aws_db_parameter_group" "reports" {
  family = "mysql8.0"
  parameter {
    name  = "require_secure_transport"
    value = "1"
  }
}

# There it is a parameter of the cluster's group.
resource "aws_db_parameter_group" "instance" {
  family = "aurora-postgresql15"
}

resource "aws_s3_bucket_policy" "exports" {
  bucket = "exports"
  policy = jsonencode({
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "arn:aws:s3:::exports/*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

data "aws_iam_policy_document" "versions" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::logs/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "NumericLessThan"
      variable = "s3:TlsVersion"
      values   = ["1.2"]
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = "logs"
  policy = data.aws_iam_policy_document.versions.json
}

# One more that forwards to nobody, beside the one that does.
resource "aws_lb_listener" "closed" {
  port     = 8443
  protocol = "HTTPS"
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}
