variable "on" { type = bool }

resource "aws_cloudtrail" "main" {
  name                       = "main"
  enable_log_file_validation = var.on
}

resource "aws_cloudtrail_event_data_store" "events" {
  name                           = "events"
  termination_protection_enabled = var.on
}
