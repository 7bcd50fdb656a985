variable "encrypt" { type = bool }

variable "mode" { type = string }

resource "aws_appsync_api_cache" "cache" {
  at_rest_encryption_enabled = var.encrypt
}

resource "aws_glue_security_configuration" "jobs" {
  encryption_configuration {
    s3_encryption { s3_encryption_mode = var.mode }
  }
}
