variable "password" { sensitive = true }

# The name of an entry in a store, not what lies there.
resource "aws_codebuild_project" "shop" {
  environment {
    environment_variable {
      name  = "NPM_TOKEN"
      type  = "SECRETS_MANAGER"
      value = "build/npm-token"
    }
    environment_variable {
      name  = "MODE"
      value = "production"
    }
  }
}

resource "aws_elastic_beanstalk_environment" "shop" {
  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_PASSWORD"
    value     = var.password
  }
}

resource "aws_glue_job" "settle" {
  default_arguments = {
    "--secret_name" = "orders/db"
    "--TempDir"     = "s3://tmp/"
  }
}

resource "aws_secretsmanager_secret_version" "orders" {
  secret_string = jsonencode({
    username = "orders"
    password = "changeme"
  })
}

resource "aws_mq_broker" "orders" {
  user {
    username = "orders"
    password = var.password
  }
}

resource "aws_ssm_parameter" "text" {
  name  = "/orders/db_host"
  type  = "String"
  value = "orders.internal"
}

resource "aws_ssm_parameter" "secure" {
  name  = "/orders/db_password"
  type  = "SecureString"
  value = var.password
}

resource "aws_secretsmanager_secret" "orders" {}

resource "aws_ssm_parameter" "address" {
  name  = "/orders/db_secret"
  type  = "String"
  value = aws_secretsmanager_secret.orders.arn
}

resource "aws_ssm_parameter" "to_be_set" {
  name  = "/orders/token"
  type  = "SecureString"
  value = "placeholder"
}
