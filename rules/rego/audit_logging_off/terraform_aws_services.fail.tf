resource "aws_sfn_state_machine" "refund" { # expect
  name = "refund"
}

resource "aws_sfn_state_machine" "settle" {
  name = "settle"
  logging_configuration {
    level = "OFF" # expect
  }
}

resource "aws_appsync_graphql_api" "shop" { # expect
  name                = "shop"
  authentication_type = "AWS_IAM"
}

resource "aws_waf_web_acl" "edge" { # expect
  name = "edge"
}

resource "aws_globalaccelerator_accelerator" "edge" {
  name = "edge"
  attributes {
    flow_logs_enabled = false # expect
  }
}

resource "aws_fsx_windows_file_system" "share" { # expect
  throughput_capacity = 8
}

resource "aws_storagegateway_smb_file_share" "share" { # expect
  authentication = "ActiveDirectory"
}

resource "aws_guardduty_detector" "main" {
  enable = false # expect
}

resource "aws_config_configuration_recorder_status" "main" {
  name       = "main"
  is_enabled = false # expect
}

resource "aws_ec2_client_vpn_endpoint" "staff" {
  connection_log_options {
    enabled = false # expect
  }
}

resource "aws_ecs_cluster" "main" {
  name = "main"
  configuration {
    execute_command_configuration {
      logging = "NONE" # expect
    }
  }
}

resource "aws_transfer_server" "files" { # expect
  protocols = ["SFTP"]
}

resource "aws_codebuild_project" "release" {
  name = "release"
  logs_config {
    cloudwatch_logs {
      status = "DISABLED" # expect
    }
  }
}

resource "aws_elastic_beanstalk_environment" "shop" {
  name        = "shop"
  application = "shop"
  setting {
    namespace = "aws:elasticbeanstalk:cloudwatch:logs"
    name      = "StreamLogs"
    value     = "false" # expect
  }
}

resource "aws_cloudtrail" "data_only" {
  name           = "data-only"
  s3_bucket_name = "trail"

  is_multi_region_trail = true

  event_selector {
    include_management_events = false # expect
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}
