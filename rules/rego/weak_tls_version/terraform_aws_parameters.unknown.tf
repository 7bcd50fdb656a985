variable "versions" { type = string }

resource "aws_db_parameter_group" "mysql" {
  parameter {
    name  = "tls_version"
    value = var.versions
  }
}
