resource "aws_secretsmanager_secret" "gateway" { # expect
  name = "gateway"
}

resource "aws_secretsmanager_secret" "orders" {
  name = "orders"
}

resource "aws_secretsmanager_secret_rotation" "orders" {
  secret_id           = aws_secretsmanager_secret.orders.id
  rotation_lambda_arn = "arn:aws:lambda:eu-central-1:1:function:rotate"
  rotation_rules { # expect
    automatically_after_days = 180
  }
}

resource "aws_secretsmanager_secret_rotation" "reports" {
  secret_id = "reports"
  rotation_rules { # expect
    schedule_expression = "rate(365 days)"
  }
}
