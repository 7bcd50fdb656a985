resource "aws_cloudfront_distribution" "cdn" {
  default_cache_behavior {
    viewer_protocol_policy = "redirect-to-https"
  }
  origin {
    domain_name = "site.s3-website.eu-central-1.amazonaws.com"
    custom_origin_config {
      origin_protocol_policy = "http-only"
    }
  }
}

# viewers come with HTTPS only, and so does CloudFront
resource "aws_cloudfront_distribution" "as_it_comes" {
  default_cache_behavior {
    viewer_protocol_policy = "https-only"
  }
  origin {
    domain_name = "shop.example.com"
    custom_origin_config {
      origin_protocol_policy = "match-viewer"
    }
  }
}

resource "aws_s3_bucket_website_configuration" "site" {
  bucket = "site"
}

resource "aws_cloudfront_distribution" "to_website" {
  default_cache_behavior { viewer_protocol_policy = "https-only" }
  origin {
    domain_name = aws_s3_bucket_website_configuration.site.website_endpoint
    custom_origin_config {
      origin_protocol_policy = "http-only"
    }
  }
}
