variable "db_password" {
  type      = string
  sensitive = true
}

variable "token_ttl" { default = "3600" }

variable "api_key" { default = "" }

resource "aws_db_instance" "orders" {
  password                    = var.db_password
  manage_master_user_password = true
}

resource "aws_db_instance" "generated" {
  password = random_password.db.result
}

resource "random_password" "db" {
  length = 32
}

resource "aws_secretsmanager_secret_version" "gateway" {
  secret_string = data.vault_generic_secret.gateway.data["key"]
}

resource "aws_lambda_function" "hook" {
  environment {
    variables = {
      SECRET_ARN     = "arn:aws:secretsmanager:eu-central-1:1:secret:x"
      DB_SECRET_NAME = "orders/db"
      API_KEY        = "${var.api_key}"
    }
  }
}

# Made up, for plans and emulators.
provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
  access_key                  = "emulated"
  secret_key                  = "emulated"
}

resource "aws_db_instance" "planned" {
  password = "mock_password_1"
}
