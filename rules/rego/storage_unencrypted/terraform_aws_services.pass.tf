resource "aws_appsync_api_cache" "on" {
  at_rest_encryption_enabled = true
}

resource "aws_codebuild_project" "build" {
  artifacts {
    type           = "S3"
    encryption_key = "arn:aws:kms:eu-central-1:111122223333:key/k"
  }
}

# there is no artifact
resource "aws_codebuild_project" "checks" {
  artifacts {
    type                = "NO_ARTIFACTS"
    encryption_disabled = true
  }
}

resource "aws_dlm_lifecycle_policy" "daily" {
  policy_details {
    schedule {
      cross_region_copy_rule { encrypted = true }
    }
  }
}

resource "aws_emr_security_configuration" "encrypted" {
  configuration = <<EOF
{"EncryptionConfiguration": {"EnableInTransitEncryption": true, "EnableAtRestEncryption": true}}
EOF
}

# says nothing about encryption
resource "aws_emr_security_configuration" "kerberos" {
  configuration = jsonencode({ AuthenticationConfiguration = { KerberosConfiguration = {} } })
}

resource "aws_glue_data_catalog_encryption_settings" "catalog" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      aws_kms_key_id                       = aws_kms_key.data.arn
      return_connection_password_encrypted = true
    }
    encryption_at_rest {
      catalog_encryption_mode = "SSE-KMS-WITH-SERVICE-ROLE"
    }
  }
}

resource "aws_glue_security_configuration" "jobs" {
  encryption_configuration {
    cloudwatch_encryption { cloudwatch_encryption_mode = "SSE-KMS" }
    job_bookmarks_encryption { job_bookmarks_encryption_mode = "CSE-KMS" }
    s3_encryption { s3_encryption_mode = "SSE-S3" }
  }
}

resource "aws_workspaces_workspace" "desk" {
  root_volume_encryption_enabled = true
  user_volume_encryption_enabled = "true"
  volume_encryption_key          = "alias/aws/workspaces"
}

resource "aws_api_gateway_method_settings" "cached" {
  settings {
    caching_enabled      = true
    cache_data_encrypted = true
  }
}

resource "aws_api_gateway_method_settings" "plain" {
  settings { metrics_enabled = true }
}

resource "aws_kms_key" "data" {}

resource "aws_emr_security_configuration" "both_halves" {
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableInTransitEncryption = true
      EnableAtRestEncryption    = true
      AtRestEncryptionConfiguration = {
        S3EncryptionConfiguration        = { EncryptionMode = "SSE-S3" }
        LocalDiskEncryptionConfiguration = { EncryptionKeyProviderType = "AwsKms", AwsKmsKey = aws_kms_key.data.arn }
      }
    }
  })
}

resource "aws_ecs_service" "worker" {
  volume_configuration {
    managed_ebs_volume { role_arn = "arn:aws:iam::111122223333:role/volumes" }
  }
}
