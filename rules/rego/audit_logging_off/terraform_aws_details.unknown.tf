variable "level" {}

variable "on" {}

resource "aws_api_gateway_method_settings" "all" {
  settings {
    logging_level = var.level
  }
}

resource "aws_mwaa_environment" "flows" {
  logging_configuration {
    webserver_logs {
      enabled = var.on
    }
  }
}
