resource "aws_appsync_graphql_api" "shop" {
  log_config {
    field_log_level = "NONE" # expect
  }
}

resource "aws_cloudtrail_event_data_store" "events" {
  multi_region_enabled = false # expect
  suspend              = true  # expect
}

resource "aws_connect_instance" "desk" { # expect
}

resource "aws_connect_instance" "night_desk" {
  contact_flow_logs_enabled = false # expect
}

resource "aws_datasync_task" "statements" { # expect
}

resource "aws_datasync_task" "archive" {
  cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111:log-group:copies"
  options {
    log_level = "OFF" # expect
  }
}

resource "aws_guardduty_detector" "main" {
  datasources {
    s3_logs {
      enable = false # expect
    }
    kubernetes {
      audit_logs {
        enable = false # expect
      }
    }
  }
}

resource "aws_guardduty_detector_feature" "objects" {
  name   = "S3_DATA_EVENTS"
  status = "DISABLED" # expect
}

resource "aws_mskconnect_connector" "orders" { # expect
  name = "orders"
}

resource "aws_pipes_pipe" "orders" {
  log_configuration {
    level = "OFF" # expect
  }
}

resource "aws_config_configuration_recorder" "some" {
  recording_group {
    all_supported  = false # expect
    resource_types = ["AWS::EC2::Instance"]
  }
}

resource "aws_verifiedaccess_instance_logging_configuration" "door" {
  access_logs { # expect
    cloudwatch_logs {
      enabled = false
    }
    s3 {
      enabled = "false"
    }
  }
}

resource "aws_cloudtrail" "writes" {
  is_multi_region_trail = true
  event_selector {
    read_write_type                  = "WriteOnly" # expect
    exclude_management_event_sources = ["kms.amazonaws.com"] # expect
  }
}

resource "aws_iot_logging_options" "devices" {
  default_log_level = "DISABLED" # expect
}

resource "aws_storagegateway_file_system_association" "office" { # expect
}

resource "aws_flow_log" "refused" {
  traffic_type = "REJECT" # expect
}

# One half twice; and what is switched off is told once.
resource "aws_cloudtrail" "half" {
  is_multi_region_trail = true
  event_selector {
    read_write_type = "WriteOnly" # expect
  }
  event_selector {
    read_write_type           = "WriteOnly" # expect
    include_management_events = true
  }
}

resource "aws_datasync_task" "silent" {
  options {
    log_level = "OFF" # expect
  }
}
