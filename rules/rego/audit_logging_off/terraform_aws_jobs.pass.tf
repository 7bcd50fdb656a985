resource "aws_s3_bucket" "logs" {
  acl = "log-delivery-write"
}

resource "aws_emr_cluster" "nightly" {
  log_uri = "s3://${aws_s3_bucket.logs.id}/emr/"
}

resource "aws_dms_replication_task" "orders" {
  replication_task_settings = jsonencode({
    Logging = { EnableLogging = true }
  })
}

resource "aws_ssm_document" "sessions" {
  document_type   = "Session"
  document_format = "JSON"
  content = jsonencode({
    sessionType = "Standard_Stream"
    inputs      = { s3BucketName = aws_s3_bucket.logs.id }
  })
}

# Not about people's sessions.
resource "aws_ssm_document" "patch" {
  document_type = "Command"
  content       = jsonencode({ schemaVersion = "2.2", mainSteps = [] })
}

resource "aws_dms_replication_config" "serverless" {
  replication_settings = "{\"Logging\": {\"EnableLogging\": true}}"
}
