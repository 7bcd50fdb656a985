variable "what" {
  type = string
}

resource "aws_cloudtrail" "writes" {
  is_multi_region_trail = true
  event_selector {
    read_write_type = var.what
  }
}

resource "aws_datasync_task" "archive" {
  cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111:log-group:copies"
  options {
    log_level = var.what
  }
}
