resource "aws_api_gateway_rest_api" "shop" {
  security_policy = "SecurityPolicy_TLS13_1_2_2021_06"
}

resource "aws_cloudfront_multitenant_distribution" "shops" {
  viewer_certificate {
    minimum_protocol_version = "TLSv1.3_2025"
  }
}

resource "aws_cloudfront_vpc_origin" "shop" {
  vpc_origin_endpoint_config {
    origin_ssl_protocols {
      items    = ["TLSv1.2"]
      quantity = 1
    }
  }
}
