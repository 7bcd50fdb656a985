variable "oldest" {
  type = string
}

resource "aws_cloudfront_multitenant_distribution" "shops" {
  viewer_certificate {
    minimum_protocol_version = var.oldest
  }
}
