resource "aws_vpn_connection" "office" {
  tunnel1_preshared_key = "Sommer-Regen-77" # expect
}

resource "aws_cognito_identity_provider" "login" {
  provider_details = {
    client_id     = "shop"
    client_secret = "Sommer-Regen-77" # expect
  }
}

resource "aws_lb_listener" "https" {
  default_action {
    type = "authenticate-oidc"
    authenticate_oidc {
      client_id     = "shop"
      client_secret = "Sommer-Regen-77" # expect
    }
  }
}

resource "aws_cloudwatch_event_connection" "bank" {
  auth_parameters {
    api_key {
      key   = "x-api-key"
      value = "Sommer-Regen-77" # expect
    }
  }
}

resource "aws_elasticache_user" "app" {
  passwords = ["Sommer-Regen-77-lang"] # expect
}

resource "aws_dms_endpoint" "events" {
  kafka_settings {
    sasl_password = "Sommer-Regen-77" # expect
  }
}

resource "aws_cloudfront_distribution" "shop" {
  origin {
    custom_header {
      name  = "X-Origin-Secret"
      value = "Sommer-Regen-77" # expect
    }
  }
}

resource "aws_lambda_function" "orders" {
  environment {
    variables = {
      REDIS_URL = "redis://:Sommer-Regen-77@cache.internal:6379/0" # expect
    }
  }
}

resource "aws_ecs_task_definition" "orders" {
  container_definitions = jsonencode([{
    name        = "orders"
    environment = [{ name = "DATABASE_URL", value = "postgres://shop:Sommer-Regen-77@db.internal/shop" }] # expect
  }])
}
