resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_method" "pay" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  http_method   = "POST"
  authorization = "NONE" # expect
}

resource "aws_apigatewayv2_api" "http" {
  name          = "http"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_route" "pay" { # expect
  api_id    = aws_apigatewayv2_api.http.id
  route_key = "POST /pay"
}

resource "aws_apigatewayv2_route" "rest" { # expect
  api_id    = aws_apigatewayv2_api.http.id
  route_key = "$default"
}

resource "aws_apigatewayv2_route" "connect" {
  api_id             = "chat"
  route_key          = "$connect"
  authorization_type = "NONE" # expect
}

resource "aws_appsync_graphql_api" "shop" {
  authentication_type = "API_KEY" # expect
}

resource "aws_appsync_graphql_api" "second" {
  authentication_type = "AWS_IAM"
  additional_authentication_provider {
    authentication_type = "API_KEY" # expect
  }
}

# Tokens of cards, not of those who log in.
resource "aws_apigatewayv2_route" "tokens" { # expect
  api_id    = "shop"
  route_key = "POST /v1/token"
}
