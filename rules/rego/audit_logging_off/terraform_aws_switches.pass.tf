resource "aws_appsync_graphql_api" "shop" {
  log_config {
    field_log_level = "ERROR"
  }
}

resource "aws_cloudtrail_event_data_store" "events" {
}

resource "aws_connect_instance" "desk" {
  contact_flow_logs_enabled = true
}

resource "aws_datasync_task" "archive" {
  cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111:log-group:copies"
  options {
    log_level = "TRANSFER"
  }
}

resource "aws_guardduty_detector" "main" {
  datasources {
    s3_logs {
      enable = true
    }
    malware_protection {
      scan_ec2_instance_with_findings {
        ebs_volumes {
          enable = false
        }
      }
    }
  }
}

resource "aws_guardduty_detector_feature" "runtime" {
  name   = "RUNTIME_MONITORING"
  status = "DISABLED"
}

resource "aws_mskconnect_connector" "orders" {
  log_delivery {
    worker_log_delivery {
      cloudwatch_logs {
        enabled   = true
        log_group = "connectors"
      }
    }
  }
}

resource "aws_pipes_pipe" "orders" {
}

resource "aws_config_configuration_recorder" "but_some" {
  recording_group {
    all_supported = false
    exclusion_by_resource_types {
      resource_types = ["AWS::EC2::NetworkInterface"]
    }
    recording_strategy {
      use_only = "EXCLUSION_BY_RESOURCE_TYPES"
    }
  }
}

resource "aws_verifiedaccess_instance_logging_configuration" "door" {
  access_logs {
    cloudwatch_logs {
      enabled = false
    }
    s3 {
      enabled = true
    }
  }
}

# Beside one for everything, another selector may look for writes of some data.
resource "aws_cloudtrail" "all" {
  is_multi_region_trail = true
  event_selector {
    read_write_type           = "All"
    include_management_events = true
  }
  event_selector {
    read_write_type           = "WriteOnly"
    include_management_events = false
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3:::cards/"]
    }
  }
}

resource "aws_iot_logging_options" "devices" {
  default_log_level = "WARN"
}

resource "aws_storagegateway_file_system_association" "office" {
  audit_destination_arn = "arn:aws:logs:eu-west-1:111:log-group:files"
}

# Of a transit gateway: nothing to choose.
resource "aws_flow_log" "gateway" {
  transit_gateway_id = "tgw-1"
}

resource "aws_flow_log" "network" {
  traffic_type = "ALL"
}

# Two halves.
resource "aws_cloudtrail" "halves" {
  is_multi_region_trail = true
  event_selector {
    read_write_type = "ReadOnly"
  }
  event_selector {
    read_write_type = "WriteOnly"
  }
}
