resource "aws_appflow_connector_profile" "shop" { # expect
}

resource "aws_appflow_flow" "shop" { # expect
}

resource "aws_apprunner_service" "shop" { # expect
}

resource "aws_athena_workgroup" "shop" {
  configuration {
    result_configuration {
      encryption_configuration { # expect
      }
    }
  }
}

resource "aws_athena_database" "shop" {
  encryption_configuration { # expect
  }
}

resource "aws_bedrock_custom_model" "shop" { # expect
}

resource "aws_bedrock_guardrail" "shop" { # expect
}

resource "aws_bedrockagent_agent" "shop" { # expect
}

resource "aws_cloudwatch_event_archive" "shop" { # expect
}

resource "aws_cloudwatch_event_bus" "shop" { # expect
}

resource "aws_codeartifact_domain" "shop" { # expect
}

resource "aws_codebuild_project" "shop" { # expect
  artifacts {
    type = "S3"
  }
}

resource "aws_codebuild_report_group" "shop" {
  export_config {
    s3_destination { # expect
    }
  }
}

resource "aws_codepipeline" "shop" { # expect
}

resource "aws_comprehend_document_classifier" "shop" { # expect
}

resource "aws_comprehend_entity_recognizer" "shop" { # expect
}

resource "aws_connect_instance_storage_config" "shop" {
  storage_config { # expect
    storage_type = "S3"
  }
}

resource "aws_connect_instance_storage_config" "shop_2" {
  storage_config { # expect
    storage_type = "KINESIS_VIDEO_STREAM"
  }
}

resource "aws_dlm_lifecycle_policy" "shop" {
  policy_details {
    schedule {
      cross_region_copy_rule { # expect
      }
    }
  }
}

resource "aws_dms_endpoint" "shop" { # expect
}

resource "aws_dms_replication_instance" "shop" { # expect
}

resource "aws_dms_s3_endpoint" "shop" { # expect
}

resource "aws_glue_data_catalog_encryption_settings" "shop" {
  data_catalog_encryption_settings {
    encryption_at_rest { # expect
      catalog_encryption_mode = "SSE-KMS"
    }
  }
}

resource "aws_glue_data_catalog_encryption_settings" "shop_2" {
  data_catalog_encryption_settings {
    connection_password_encryption { # expect
      return_connection_password_encrypted = true
    }
  }
}

resource "aws_glue_security_configuration" "shop" {
  encryption_configuration {
    s3_encryption { # expect
      s3_encryption_mode = "SSE-S3"
    }
  }
}

resource "aws_glue_security_configuration" "shop_2" {
  encryption_configuration {
    cloudwatch_encryption { # expect
      cloudwatch_encryption_mode = "SSE-KMS"
    }
  }
}

resource "aws_glue_security_configuration" "shop_3" {
  encryption_configuration {
    job_bookmarks_encryption { # expect
      job_bookmarks_encryption_mode = "CSE-KMS"
    }
  }
}

resource "aws_imagebuilder_component" "shop" { # expect
}

resource "aws_imagebuilder_container_recipe" "shop" { # expect
}

resource "aws_imagebuilder_distribution_configuration" "shop" {
  distribution {
    ami_distribution_configuration { # expect
    }
  }
}

resource "aws_kendra_index" "shop" { # expect
}

resource "aws_location_geofence_collection" "shop" { # expect
}

resource "aws_location_tracker" "shop" { # expect
}

resource "aws_mq_broker" "shop" { # expect
}

resource "aws_mwaa_environment" "shop" { # expect
}

resource "aws_sagemaker_domain" "shop" { # expect
}

resource "aws_sagemaker_endpoint_configuration" "shop" { # expect
}

resource "aws_sagemaker_feature_group" "shop" {
  online_store_config { # expect
    enable_online_store = true
  }
}

resource "aws_sagemaker_notebook_instance" "shop" { # expect
}

resource "aws_securitylake_data_lake" "shop" { # expect
}

resource "aws_sfn_state_machine" "shop" { # expect
}

resource "aws_workspaces_workspace" "shop" { # expect
  root_volume_encryption_enabled = true
}

resource "aws_workspaces_workspace" "shop_2" { # expect
  user_volume_encryption_enabled = true
}

resource "aws_workspacesweb_portal" "shop" { # expect
}

resource "aws_xray_encryption_config" "shop" { # expect
}

resource "aws_emr_security_configuration" "s3" {
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption = true
      AtRestEncryptionConfiguration = {
        S3EncryptionConfiguration = { EncryptionMode = "SSE-S3" } # expect
      }
    }
  })
}

resource "aws_xray_encryption_config" "none" { # expect
  type = "NONE"
}

resource "aws_efs_replication_configuration" "cards" {
  destination { # expect
    region = "eu-central-1"
  }
}

resource "aws_dynamodb_table_export" "monthly" { # expect
  s3_sse_algorithm = "AES256"
}

resource "aws_scheduler_schedule" "nightly" { # expect
  name = "nightly"
}
