variable "days" { type = number }

variable "secret" {}

resource "aws_secretsmanager_secret" "some" {
  name = "some"
}

resource "aws_secretsmanager_secret_rotation" "some" {
  secret_id = var.secret
  rotation_rules {
    automatically_after_days = var.days
  }
}
