variable "tls" {}

variable "parameters" {}

resource "aws_ses_configuration_set" "receipts" {
  delivery_options {
    tls_policy = var.tls
  }
}

resource "aws_db_parameter_group" "orders" {
  family = "mysql8.0"
  dynamic "parameter" {
    for_each = var.parameters
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

variable "statements" {}

resource "aws_s3_bucket_policy" "exports" {
  policy = jsonencode({
    Statement = var.statements
  })
}
