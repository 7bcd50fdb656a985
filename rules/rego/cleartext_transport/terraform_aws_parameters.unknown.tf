variable "parameters" { type = list(map(string)) }

resource "aws_redshift_parameter_group" "dwh" {
  family = "redshift-1.0"
  dynamic "parameter" {
    for_each = var.parameters
    content {
      name  = parameter.value.name
      value = parameter.value.value
    }
  }
}
