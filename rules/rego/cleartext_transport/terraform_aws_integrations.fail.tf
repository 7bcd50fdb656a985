resource "aws_api_gateway_integration" "backend" {
  type = "HTTP_PROXY"
  uri  = "http://orders.example.com/{proxy}" # expect
}

resource "aws_apigatewayv2_integration" "backend" {
  integration_type = "HTTP_PROXY"
  integration_uri  = "http://orders.example.com" # expect
}
