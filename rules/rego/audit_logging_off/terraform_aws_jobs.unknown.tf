variable "log" { type = bool }

variable "bucket" {}

resource "aws_dms_replication_task" "orders" {
  replication_task_settings = jsonencode({
    Logging = { EnableLogging = var.log }
  })
}

resource "aws_ssm_document" "sessions" {
  document_type = "Session"
  content = jsonencode({
    sessionType = "Standard_Stream"
    inputs      = { s3BucketName = var.bucket }
  })
}
