resource "aws_db_instance" "orders" {
  username = "app"
  password = "kettle-and-cups-77" # expect
}

variable "acquirer_api_key" {
  type    = string
  default = "ak-2f9d1c77e0b94a31" # expect
}

resource "aws_secretsmanager_secret_version" "gateway" {
  secret_id     = "gateway"
  secret_string = "s3cr3t-for-everyone" # expect
}

provider "aws" {
  access_key = "AKIAABCDEFGHIJKLMNOP" # expect
}

resource "aws_lambda_function" "hook" {
  environment {
    variables = {
      LOG_LEVEL      = "info"
      WEBHOOK_SECRET = "whsec-kettle-0815" # expect
    }
  }
}

resource "aws_ecs_task_definition" "app" {
  container_definitions = jsonencode([{
    name = "app"
    environment = [
      { name = "NOT_SET" },
      { name = "DB_PASSWORD", value = "kettle-and-cups-77" }, # expect
    ]
  }])
}

resource "aws_db_instance" "passed_on" {
  password_wo         = "kettle-and-cups-78" # expect
  password_wo_version = 1
}
