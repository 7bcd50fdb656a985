variable "level" { type = string }

resource "aws_sfn_state_machine" "refund" {
  name = "refund"
  logging_configuration {
    level = var.level
  }
}

variable "logs" { type = list(string) }

resource "aws_sfn_state_machine" "perhaps" {
  name = "perhaps"
  dynamic "logging_configuration" {
    for_each = var.logs
    content {
      level = "ALL"
    }
  }
}
