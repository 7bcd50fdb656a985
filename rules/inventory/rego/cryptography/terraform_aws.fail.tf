resource "aws_lb_listener" "https" { # expect
  port            = 443
  protocol        = "HTTPS"
  certificate_arn = aws_acm_certificate.shop.arn
}

resource "aws_acm_certificate" "shop" { # expect
  domain_name       = "shop.example"
  validation_method = "DNS"
}

resource "aws_kms_key" "orders" { # expect
  description         = "Orders"
  enable_key_rotation = true
}

resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter { # expect
    name  = "ssl_min_protocol_version"
    value = "TLSv1.2"
  }
  parameter {
    name  = "log_statement"
    value = "ddl"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "receipts" {
  bucket = "receipts"
  rule {
    apply_server_side_encryption_by_default { # expect
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.orders.arn
    }
  }
}

resource "aws_ebs_volume" "orders" { # expect
  availability_zone = "eu-central-1a"
  encrypted         = true
  kms_key_id        = aws_kms_key.orders.arn
}
