resource "aws_api_gateway_rest_api" "private" {
  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_method" "inside" {
  rest_api_id   = aws_api_gateway_rest_api.private.id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_api_gateway_rest_api" "limited" {
  name = "limited"
}

resource "aws_api_gateway_rest_api_policy" "limited" {
  rest_api_id = aws_api_gateway_rest_api.limited.id
  policy      = jsonencode({ Statement = [] })
}

resource "aws_api_gateway_method" "limited" {
  rest_api_id   = aws_api_gateway_rest_api.limited.id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_api_gateway_method" "pay" {
  rest_api_id   = "shop"
  http_method   = "POST"
  authorization = "COGNITO_USER_POOLS"
}

# Browsers ask before they log in.
resource "aws_api_gateway_method" "cors" {
  rest_api_id   = "shop"
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_method" "partner" {
  rest_api_id      = "shop"
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_apigatewayv2_route" "pay" {
  route_key          = "POST /pay"
  authorization_type = "JWT"
}

resource "aws_apigatewayv2_route" "cors" {
  route_key = "OPTIONS /{proxy+}"
}

# In a WebSocket API $connect has asked already.
resource "aws_apigatewayv2_route" "message" {
  api_id    = "chat"
  route_key = "$default"
}

resource "aws_apigatewayv2_route" "send" {
  api_id    = "chat"
  route_key = "sendmessage"
}

resource "aws_appsync_graphql_api" "shop" {
  authentication_type = "AMAZON_COGNITO_USER_POOLS"
}

# Nobody can have logged in before they log in, and a health check tells nothing.
resource "aws_api_gateway_resource" "health" {
  path_part = "healthz"
}

resource "aws_api_gateway_method" "health" {
  resource_id   = aws_api_gateway_resource.health.id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_apigatewayv2_route" "login" {
  api_id    = "shop"
  route_key = "POST /v1/login"
}
