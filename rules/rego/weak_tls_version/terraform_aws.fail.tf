resource "aws_lb_listener" "https" {
  port       = 443
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS-1-0-2015-04" # expect
}

resource "aws_lb_listener" "bare" { # expect
  port     = 443
  protocol = "HTTPS"
}

variable "policy" { default = "ELBSecurityPolicy-TLS13-1-1-2021-06" }

resource "aws_lb_listener" "variable" {
  protocol   = "TLS"
  ssl_policy = var.policy # expect
}

resource "aws_cloudfront_distribution" "cdn" {
  origin {
    domain_name = "shop.example.com"
    custom_origin_config {
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1", "TLSv1.2"] # expect
    }
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:1:certificate/x"
    minimum_protocol_version = "TLSv1.1_2016" # expect
  }
}

resource "aws_cloudfront_distribution" "own" {
  viewer_certificate {
    cloudfront_default_certificate = true # expect
  }
}

resource "aws_cloudfront_distribution" "silent" {
  viewer_certificate { # expect
    acm_certificate_arn = "arn:aws:acm:us-east-1:1:certificate/x"
  }
}

resource "aws_api_gateway_domain_name" "api" {
  domain_name     = "api.example.com"
  security_policy = "TLS_1_0" # expect
}

resource "aws_opensearch_domain" "search" {
  domain_endpoint_options { # expect
    enforce_https = true
  }
}

resource "aws_apigatewayv2_domain_name" "api" {
  domain_name_configuration {
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_0" # expect
  }
}

resource "aws_iot_domain_configuration" "devices" {
  tls_config {
    security_policy = "IotSecurityPolicy_TLS12_1_0_2016_01" # expect
  }
}

resource "aws_lb_listener" "ancient" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-2014-01" # expect
}

resource "aws_alb_listener" "fips" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04" # expect
}

# Whatever viewers get.
resource "aws_cloudfront_distribution" "origin_only" {
  origin {
    custom_origin_config {
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.1"] # expect
    }
  }
}

resource "aws_cloudsearch_domain" "orders" {
  name = "orders"

  endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07" # expect
  }
}

resource "aws_cloudsearch_domain" "cards" { # expect
  name = "cards"
}
