resource "aws_kms_key" "mine" {}

resource "aws_appflow_connector_profile" "shop" {
  kms_arn = aws_kms_key.mine.arn
}

resource "aws_appflow_flow" "shop" {
  kms_arn = aws_kms_key.mine.arn
}

resource "aws_apprunner_service" "shop" {
  encryption_configuration {
    kms_key = aws_kms_key.mine.arn
  }
}

resource "aws_athena_workgroup" "shop" {
  configuration {
    result_configuration {
      encryption_configuration {
        kms_key_arn = aws_kms_key.mine.arn
      }
    }
  }
}

resource "aws_athena_database" "shop" {
  encryption_configuration {
    kms_key = aws_kms_key.mine.arn
  }
}

resource "aws_bedrock_custom_model" "shop" {
  custom_model_kms_key_id = aws_kms_key.mine.arn
}

resource "aws_bedrock_guardrail" "shop" {
  kms_key_arn = aws_kms_key.mine.arn
}

resource "aws_bedrockagent_agent" "shop" {
  customer_encryption_key_arn = aws_kms_key.mine.arn
}

resource "aws_cloudwatch_event_archive" "shop" {
  kms_key_identifier = aws_kms_key.mine.arn
}

resource "aws_cloudwatch_event_bus" "shop" {
  kms_key_identifier = aws_kms_key.mine.arn
}

resource "aws_codeartifact_domain" "shop" {
  encryption_key = aws_kms_key.mine.arn
}

resource "aws_codebuild_project" "shop" {
  encryption_key = aws_kms_key.mine.arn
  artifacts {
    type = "S3"
  }
}

resource "aws_codebuild_report_group" "shop" {
  export_config {
    s3_destination {
      encryption_key = aws_kms_key.mine.arn
    }
  }
}

resource "aws_codepipeline" "shop" {
  artifact_store {
    encryption_key {
      id = aws_kms_key.mine.arn
    }
  }
}

resource "aws_comprehend_document_classifier" "shop" {
  model_kms_key_id  = aws_kms_key.mine.arn
  volume_kms_key_id = aws_kms_key.mine.arn
}

resource "aws_comprehend_document_classifier" "shop_2" {
  volume_kms_key_id = aws_kms_key.mine.arn
  model_kms_key_id  = aws_kms_key.mine.arn
}

resource "aws_comprehend_entity_recognizer" "shop" {
  model_kms_key_id  = aws_kms_key.mine.arn
  volume_kms_key_id = aws_kms_key.mine.arn
}

resource "aws_comprehend_entity_recognizer" "shop_2" {
  volume_kms_key_id = aws_kms_key.mine.arn
  model_kms_key_id  = aws_kms_key.mine.arn
}

resource "aws_connect_instance_storage_config" "shop" {
  storage_config {
    storage_type = "S3"
    s3_config {
      encryption_config {
        key_id = aws_kms_key.mine.arn
      }
    }
  }
}

resource "aws_connect_instance_storage_config" "shop_2" {
  storage_config {
    storage_type = "KINESIS_VIDEO_STREAM"
    kinesis_video_stream_config {
      encryption_config {
        key_id = aws_kms_key.mine.arn
      }
    }
  }
}

resource "aws_dlm_lifecycle_policy" "shop" {
  policy_details {
    schedule {
      cross_region_copy_rule {
        cmk_arn = aws_kms_key.mine.arn
      }
    }
  }
}

resource "aws_dms_endpoint" "shop" {
  kms_key_arn = aws_kms_key.mine.arn
}

resource "aws_dms_replication_instance" "shop" {
  kms_key_arn = aws_kms_key.mine.arn
}

resource "aws_dms_s3_endpoint" "shop" {
  server_side_encryption_kms_key_id = aws_kms_key.mine.arn
}

resource "aws_glue_data_catalog_encryption_settings" "shop" {
  data_catalog_encryption_settings {
    encryption_at_rest {
      catalog_encryption_mode = "SSE-KMS"
      sse_aws_kms_key_id      = aws_kms_key.mine.arn
    }
  }
}

resource "aws_glue_data_catalog_encryption_settings" "shop_2" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      return_connection_password_encrypted = true
      aws_kms_key_id                       = aws_kms_key.mine.arn
    }
  }
}

resource "aws_glue_security_configuration" "shop" {
  encryption_configuration {
    s3_encryption {
      s3_encryption_mode = "SSE-S3"
      kms_key_arn        = aws_kms_key.mine.arn
    }
  }
}

resource "aws_glue_security_configuration" "shop_2" {
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "SSE-KMS"
      kms_key_arn                = aws_kms_key.mine.arn
    }
  }
}

resource "aws_glue_security_configuration" "shop_3" {
  encryption_configuration {
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "CSE-KMS"
      kms_key_arn                   = aws_kms_key.mine.arn
    }
  }
}

resource "aws_imagebuilder_component" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_imagebuilder_container_recipe" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_imagebuilder_distribution_configuration" "shop" {
  distribution {
    ami_distribution_configuration {
      kms_key_id = aws_kms_key.mine.arn
    }
  }
}

resource "aws_kendra_index" "shop" {
  server_side_encryption_configuration {
    kms_key_id = aws_kms_key.mine.arn
  }
}

resource "aws_location_geofence_collection" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_location_tracker" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_mq_broker" "shop" {
  encryption_options {
    kms_key_id = aws_kms_key.mine.arn
  }
}

resource "aws_mwaa_environment" "shop" {
  kms_key = aws_kms_key.mine.arn
}

resource "aws_sagemaker_domain" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_sagemaker_endpoint_configuration" "shop" {
  kms_key_arn = aws_kms_key.mine.arn
}

resource "aws_sagemaker_feature_group" "shop" {
  online_store_config {
    enable_online_store = true
    security_config {
      kms_key_id = aws_kms_key.mine.arn
    }
  }
}

resource "aws_sagemaker_notebook_instance" "shop" {
  kms_key_id = aws_kms_key.mine.arn
}

resource "aws_securitylake_data_lake" "shop" {
  configuration {
    encryption_configuration {
      kms_key_id = aws_kms_key.mine.arn
    }
  }
}

resource "aws_sfn_state_machine" "shop" {
  encryption_configuration {
    kms_key_id = aws_kms_key.mine.arn
  }
}

resource "aws_workspaces_workspace" "shop" {
  root_volume_encryption_enabled = true
  volume_encryption_key          = aws_kms_key.mine.arn
}

resource "aws_workspacesweb_portal" "shop" {
  customer_managed_key = aws_kms_key.mine.arn
}

resource "aws_xray_encryption_config" "shop" {
  key_id = aws_kms_key.mine.arn
}

resource "aws_emr_security_configuration" "s3" {
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption = true
      AtRestEncryptionConfiguration = {
        S3EncryptionConfiguration = { EncryptionMode = "SSE-KMS", AwsKmsKey = aws_kms_key.mine.arn }
      }
    }
  })
}

# Its output is somebody else's question.
resource "aws_codebuild_report_group" "none" {
  export_config {
    type = "NO_EXPORT"
  }
}

# Leaves nothing behind.
resource "aws_codebuild_project" "lint" {
  artifacts {
    type = "NO_ARTIFACTS"
  }
}
