variable "level" { type = string }

resource "aws_sfn_state_machine" "refund" {
  name = "refund"
  logging_configuration {
    level = var.level
  }
}
