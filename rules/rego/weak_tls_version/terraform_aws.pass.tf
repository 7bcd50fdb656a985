resource "aws_lb_listener" "https" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
}

resource "aws_lb_listener" "older_name" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS-1-2-2017-01"
}

resource "aws_lb_listener" "fs" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-FS-1-2-Res-2020-10"
}

# no TLS here at all: another policy's concern
resource "aws_lb_listener" "http" {
  port     = 80
  protocol = "HTTP"
}

resource "aws_cloudfront_distribution" "cdn" {
  origin {
    domain_name = "shop.example.com"
    custom_origin_config {
      origin_ssl_protocols = ["TLSv1.2"]
    }
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:1:certificate/x"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

resource "aws_api_gateway_domain_name" "api" {
  security_policy = "TLS_1_2"
}

resource "aws_opensearch_domain" "search" {
  domain_endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}

resource "aws_apigatewayv2_domain_name" "api" {
  domain_name_configuration {
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

# AWS decides, and decides for 1.2
resource "aws_api_gateway_domain_name" "silent" {
  domain_name = "api.example.com"
}

resource "aws_iot_domain_configuration" "devices" {
  tls_config { security_policy = "IotSecurityPolicy_TLS13_1_2_2022_10" }
}

resource "aws_lb_listener" "fips" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04"
}

resource "aws_lb_listener" "newest" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS13-1-3-2021-06"
}

# without TLS to the origin its versions mean nothing
resource "aws_cloudfront_distribution" "site" {
  origin {
    domain_name = "site.s3-website.eu-central-1.amazonaws.com"
    custom_origin_config {
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1", "TLSv1.1", "TLSv1.2"]
    }
  }
}

resource "aws_cloudsearch_domain" "orders" {
  name = "orders"

  endpoint_options {
    tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
  }
}
