resource "aws_lb_target_group" "shop" {
  port     = 8080
  protocol = "HTTP" # expect
}

resource "aws_lb_listener" "shop" {
  port     = 443
  protocol = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

resource "aws_lb_target_group" "admin" {
  port     = 8081
  protocol = "HTTP" # expect
}

resource "aws_lb_listener_rule" "admin" {
  listener_arn = aws_lb_listener.shop.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.admin.arn
  }
}

resource "aws_elb" "classic" {
  listener {
    lb_port           = 443
    lb_protocol       = "https"
    instance_port     = 80
    instance_protocol = "http" # expect
  }
}

resource "aws_glue_connection" "orders" {
  connection_properties = { # expect
    JDBC_CONNECTION_URL = "jdbc:postgresql://orders:5432/orders"
  }
}

resource "aws_ses_configuration_set" "receipts" { # expect
  name = "receipts"
}

resource "aws_sesv2_configuration_set" "receipts" { # expect
  configuration_set_name = "receipts"
}

resource "aws_db_parameter_group" "orders" { # expect
  family = "mysql8.0"
}

resource "aws_db_parameter_group" "reports" {
  family = "postgres13"
  parameter { # expect
    name  = "log_connections"
    value = "1"
  }
}

resource "aws_rds_cluster_parameter_group" "orders" { # expect
  family = "aurora-postgresql15"
}

resource "aws_s3_bucket" "exports" {}

resource "aws_s3_bucket_policy" "exports" {
  bucket = aws_s3_bucket.exports.id
  policy = jsonencode({ # expect
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::1:root" }
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.exports.arn}/*"
    }]
  })
}
