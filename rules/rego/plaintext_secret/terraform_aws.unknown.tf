variable "type" {}

resource "aws_ssm_parameter" "some" {
  name  = "/orders/db_password"
  type  = var.type
  value = "kettle-and-cups"
}
