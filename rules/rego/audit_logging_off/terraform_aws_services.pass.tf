resource "aws_sfn_state_machine" "refund" {
  name = "refund"
  logging_configuration {
    level           = "ALL"
    log_destination = "arn:aws:logs:eu-central-1:1:log-group:refund:*"
  }
}

resource "aws_appsync_graphql_api" "shop" {
  name                = "shop"
  authentication_type = "AWS_IAM"
  log_config {
    field_log_level          = "ERROR"
    cloudwatch_logs_role_arn = "arn:aws:iam::1:role/logs"
  }
}

resource "aws_wafregional_web_acl" "edge" {
  name = "edge"
  logging_configuration {
    log_destination = "arn:aws:firehose:eu-central-1:1:deliverystream/aws-waf-logs"
  }
}

resource "aws_globalaccelerator_accelerator" "edge" {
  name = "edge"
  attributes {
    flow_logs_enabled   = true
    flow_logs_s3_bucket = "logs"
  }
}

resource "aws_fsx_windows_file_system" "share" {
  audit_log_configuration {
    file_access_audit_log_level = "FAILURE_ONLY"
  }
}

# On where nothing is written.
resource "aws_guardduty_detector" "main" {
}

resource "aws_ec2_client_vpn_endpoint" "staff" {
  connection_log_options {
    enabled              = true
    cloudwatch_log_group = "vpn"
  }
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_transfer_server" "files" {
  structured_log_destinations = ["arn:aws:logs:eu-central-1:1:log-group:files:*"]
}

resource "aws_transfer_server" "older" {
  logging_role = "arn:aws:iam::1:role/transfer"
}

resource "aws_codebuild_project" "silent" {
  name = "silent"
}

resource "aws_codebuild_project" "bucket" {
  name = "bucket"
  logs_config {
    cloudwatch_logs {
      status = "DISABLED"
    }
    s3_logs {
      status   = "ENABLED"
      location = "logs/builds"
    }
  }
}

# Two trails share the work.
resource "aws_cloudtrail" "data_only" {
  name           = "data-only"
  s3_bucket_name = "trail"

  is_multi_region_trail = true

  event_selector {
    include_management_events = false
  }
}

resource "aws_cloudtrail" "management" {
  name           = "management"
  s3_bucket_name = "trail"

  is_multi_region_trail = true

  event_selector {
    read_write_type = "All"
  }
}
