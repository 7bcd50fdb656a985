variable "rotate" { type = bool }

resource "aws_kms_key" "data" {
  enable_key_rotation = var.rotate
}

variable "spec" { type = string }

resource "aws_kms_key" "some_kind" {
  customer_master_key_spec = var.spec
}
