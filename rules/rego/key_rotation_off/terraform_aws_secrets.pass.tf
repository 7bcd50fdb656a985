resource "aws_secretsmanager_secret" "orders" {
  name = "orders"
}

resource "aws_secretsmanager_secret_rotation" "orders" {
  secret_id           = aws_secretsmanager_secret.orders.id
  rotation_lambda_arn = "arn:aws:lambda:eu-central-1:1:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret_rotation" "by_the_hour" {
  secret_id = "reports"
  rotation_rules {
    schedule_expression = "rate(12 hours)"
  }
}

resource "aws_secretsmanager_secret_rotation" "by_calendar" {
  secret_id = "reports"
  rotation_rules {
    schedule_expression = "cron(0 8 1 * ? *)"
  }
}

# No credentials, or none that a function renews.
resource "aws_secretsmanager_secret" "account_ids" {}

resource "aws_secretsmanager_secret" "alerts" {
  name = "alerts/slack-webhook"
}
