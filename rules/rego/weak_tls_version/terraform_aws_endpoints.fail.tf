resource "aws_api_gateway_rest_api" "shop" {
  security_policy = "TLS_1_0" # expect
}

resource "aws_cloudfront_multitenant_distribution" "shops" {
  viewer_certificate {
    minimum_protocol_version = "TLSv1.1_2016" # expect
  }
  origin {
    custom_origin_config {
      origin_ssl_protocols = ["TLSv1", "TLSv1.2"] # expect
    }
  }
}

resource "aws_cloudfront_vpc_origin" "shop" {
  vpc_origin_endpoint_config {
    origin_ssl_protocols {
      items    = ["TLSv1.1", "TLSv1.2"] # expect
      quantity = 2
    }
  }
}
