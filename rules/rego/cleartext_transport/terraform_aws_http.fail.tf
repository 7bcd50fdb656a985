resource "aws_cloudfront_multitenant_distribution" "shops" {
  default_cache_behavior {
    viewer_protocol_policy = "allow-all" # expect
  }
}

resource "aws_cloudfront_vpc_origin" "shop" {
  vpc_origin_endpoint_config {
    origin_protocol_policy = "http-only" # expect
  }
}

resource "aws_lightsail_distribution" "shop" {
  origin {
    protocol_policy = "http-only" # expect
  }
}

resource "aws_lightsail_lb_https_redirection_policy" "shop" {
  enabled = false # expect
}

resource "aws_elasticache_cluster" "sessions" {
  engine = "redis" # expect
}

resource "aws_vpclattice_listener" "orders" {
  protocol = "HTTP" # expect
  default_action {
    forward {
      target_groups { target_group_identifier = "orders" }
    }
  }
}

resource "aws_transfer_connector" "bank" {
  url = "http://bank.example.com/as2" # expect
  as2_config {
    encryption_algorithm = "NONE"
  }
}

resource "aws_appsync_datasource" "orders" {
  http_config {
    endpoint = "http://orders.example.com" # expect
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

resource "aws_lb_listener_rule" "pay" {
  listener_arn = aws_lb_listener.http.arn
  action { # expect
    type             = "forward"
    target_group_arn = "pay"
  }
  condition {
    path_pattern { values = ["/pay"] }
  }
}
