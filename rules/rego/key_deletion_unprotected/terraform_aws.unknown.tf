variable "days" {}

resource "aws_kms_key" "cards" {
  deletion_window_in_days = var.days
}
