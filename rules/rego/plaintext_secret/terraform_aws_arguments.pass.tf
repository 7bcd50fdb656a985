data "aws_secretsmanager_secret_version" "login" {
  secret_id = "login"
}

resource "aws_cognito_identity_provider" "login" {
  provider_details = {
    client_id     = "shop"
    client_secret = data.aws_secretsmanager_secret_version.login.secret_string
  }
}

resource "aws_vpn_connection" "office" {
  customer_gateway_id = "cgw-1"
}

resource "aws_cloudfront_distribution" "shop" {
  origin {
    custom_header {
      name  = "X-Forwarded-Host"
      value = "shop.example.com"
    }
  }
}

resource "aws_lambda_function" "orders" {
  environment {
    variables = {
      REDIS_URL    = "rediss://cache.internal:6379/0"
      DATABASE_URL = "postgres://shop@db.internal/shop"
      BROKER_URL   = "amqps://shop:$${BROKER_PASSWORD}@mq.internal"
    }
  }
}
