resource "aws_cloudfront_distribution" "cdn" {
  default_cache_behavior {
    viewer_protocol_policy = "allow-all" # expect
  }
  origin {
    domain_name = "shop.example.com"
    custom_origin_config {
      origin_protocol_policy = "http-only" # expect
    }
  }
}

resource "aws_cloudfront_distribution" "as_it_comes" {
  default_cache_behavior {
    viewer_protocol_policy = "redirect-to-https"
  }
  ordered_cache_behavior {
    path_pattern           = "/img/*"
    viewer_protocol_policy = "allow-all" # expect
  }
  origin {
    domain_name = "shop.example.com"
    custom_origin_config {
      origin_protocol_policy = "match-viewer" # expect
    }
  }
}

resource "aws_cloudfront_distribution" "old_name" {
  default_cache_behavior {
    viewer_protocol_policy = "https-only"
  }
  cache_behavior {
    viewer_protocol_policy = "allow-all" # expect
  }
}

resource "aws_lb" "shop" {}

resource "aws_cloudfront_distribution" "to_balancer" {
  default_cache_behavior { viewer_protocol_policy = "https-only" }
  origin {
    domain_name = aws_lb.shop.dns_name
    custom_origin_config {
      origin_protocol_policy = "http-only" # expect
    }
  }
}
