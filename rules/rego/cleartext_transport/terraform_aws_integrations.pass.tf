resource "aws_api_gateway_integration" "inside" {
  type            = "HTTP_PROXY"
  uri             = "http://orders.internal"
  connection_type = "VPC_LINK"
  connection_id   = "link"
}

resource "aws_api_gateway_integration" "mock" {
  type = "MOCK"
}

resource "aws_apigatewayv2_integration" "backend" {
  integration_type = "HTTP_PROXY"
  integration_uri  = "https://orders.example.com"
}
