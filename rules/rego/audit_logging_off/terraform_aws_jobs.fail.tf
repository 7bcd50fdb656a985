resource "aws_emr_cluster" "nightly" { # expect
  name = "nightly"
}

resource "aws_emr_cluster" "empty" {
  log_uri = "" # expect
}

resource "aws_dms_replication_task" "orders" { # expect
  migration_type = "cdc"
}

resource "aws_dms_replication_task" "cards" {
  migration_type = "cdc"
  replication_task_settings = jsonencode({
    Logging = { EnableLogging = false } # expect
  })
}

resource "aws_ssm_document" "sessions" {
  document_type   = "Session"
  document_format = "JSON"
  content = jsonencode({
    sessionType = "Standard_Stream"
    inputs = { # expect
      s3BucketName     = ""
      runAsEnabled     = true
      runAsDefaultUser = "operator"
    }
  })
}

resource "aws_dms_replication_config" "serverless" {
  replication_settings = "{\"Logging\": {\"EnableLogging\": false}}" # expect
}
