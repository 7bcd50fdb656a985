variable "enforce" {}

variable "encrypt" {}

resource "aws_athena_workgroup" "reports" {
  configuration {
    enforce_workgroup_configuration = var.enforce
    result_configuration {
      dynamic "encryption_configuration" {
        for_each = var.encrypt ? [1] : []
        content {
          encryption_option = "SSE_S3"
        }
      }
    }
  }
}
