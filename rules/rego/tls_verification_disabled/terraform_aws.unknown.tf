variable "mode" {
  type = string
}

resource "aws_dms_endpoint" "orders" {
  engine_name = "postgres"
  ssl_mode    = var.mode
}
