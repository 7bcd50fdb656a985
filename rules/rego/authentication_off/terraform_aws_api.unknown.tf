variable "how" {
  type = string
}

resource "aws_api_gateway_method" "pay" {
  http_method   = "POST"
  authorization = var.how
}

resource "aws_apigatewayv2_route" "pay" {
  route_key          = "POST /pay"
  authorization_type = var.how
}
