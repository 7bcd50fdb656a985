resource "aws_cloudfront_multitenant_distribution" "shops" {
  default_cache_behavior {
    viewer_protocol_policy = "redirect-to-https"
  }
}

resource "aws_cloudfront_vpc_origin" "shop" {
  vpc_origin_endpoint_config {
    origin_protocol_policy = "https-only"
  }
}

resource "aws_lightsail_lb_https_redirection_policy" "shop" {
  enabled = true
}

# A member has what its group has.
resource "aws_elasticache_cluster" "reader" {
  replication_group_id = "sessions"
}

resource "aws_vpclattice_listener" "orders" {
  protocol = "HTTPS"
  default_action {
    forward {
      target_groups { target_group_identifier = "orders" }
    }
  }
}

resource "aws_vpclattice_listener" "refuses" {
  protocol = "HTTP"
  default_action {
    fixed_response { status_code = 404 }
  }
}

# AS2 encrypts what it sends.
resource "aws_transfer_connector" "bank" {
  url = "http://bank.example.com/as2"
  as2_config {
    encryption_algorithm = "AES256_CBC"
  }
}

resource "aws_transfer_connector" "sftp" {
  url = "sftp://bank.example.com"
}

resource "aws_appsync_datasource" "orders" {
  http_config {
    endpoint = "https://orders.example.com"
  }
}

resource "aws_lb_listener" "http" {
  protocol = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener_rule" "moved" {
  listener_arn = aws_lb_listener.http.arn
  action {
    type = "redirect"
    redirect {
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener_rule" "certificates" {
  listener_arn = aws_lb_listener.http.arn
  action {
    type             = "forward"
    target_group_arn = "acme"
  }
  condition {
    path_pattern { values = ["/.well-known/acme-challenge/*"] }
  }
}

resource "aws_lb_listener_rule" "pay" {
  listener_arn = aws_lb_listener.https.arn
  action {
    type             = "forward"
    target_group_arn = "pay"
  }
}

resource "aws_lb_listener" "https" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
}
