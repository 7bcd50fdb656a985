variable "policy" { type = string }

resource "aws_cloudfront_distribution" "cdn" {
  default_cache_behavior {
    viewer_protocol_policy = var.policy
  }
}

variable "origin" { type = string }

resource "aws_cloudfront_distribution" "somewhere" {
  default_cache_behavior { viewer_protocol_policy = "https-only" }
  origin {
    domain_name = var.origin
    custom_origin_config {
      origin_protocol_policy = "http-only"
    }
  }
}
