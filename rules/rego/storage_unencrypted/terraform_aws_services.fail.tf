resource "aws_appsync_api_cache" "silent" { # expect
  api_id               = "a"
  api_caching_behavior = "FULL_REQUEST_CACHING"
  ttl                  = 900
  type                 = "LARGE"
}

resource "aws_appsync_api_cache" "off" {
  at_rest_encryption_enabled = false # expect
}

resource "aws_codebuild_project" "build" {
  name = "build"
  artifacts {
    type                = "S3"
    location            = "artifacts"
    encryption_disabled = true # expect
  }
  secondary_artifacts {
    type                = "S3"
    encryption_disabled = true # expect
  }
  logs_config {
    s3_logs {
      status              = "ENABLED"
      encryption_disabled = true # expect
    }
  }
}

resource "aws_codebuild_report_group" "tests" {
  export_config {
    type = "S3"
    s3_destination {
      bucket              = "reports"
      encryption_disabled = true # expect
    }
  }
}

resource "aws_dlm_lifecycle_policy" "daily" {
  policy_details {
    schedule {
      name = "daily"
      cross_region_copy_rule {
        target    = "eu-west-1"
        encrypted = false # expect
      }
    }
  }
}

resource "aws_dlm_lifecycle_policy" "shared" {
  policy_details {
    action {
      name = "copy"
      cross_region_copy {
        target = "eu-west-1"
        encryption_configuration {} # expect
      }
    }
  }
}

resource "aws_emr_security_configuration" "encoded" {
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableInTransitEncryption = true
      EnableAtRestEncryption    = false # expect
    }
  })
}

resource "aws_glue_data_catalog_encryption_settings" "catalog" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      return_connection_password_encrypted = false # expect
    }
    encryption_at_rest {
      catalog_encryption_mode = "DISABLED" # expect
    }
  }
}

resource "aws_glue_security_configuration" "jobs" {
  name = "jobs"
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "DISABLED" # expect
    }
    job_bookmarks_encryption {} # expect
    s3_encryption {
      s3_encryption_mode = "DISABLED" # expect
    }
  }
}

resource "aws_workspaces_workspace" "desk" { # expect
  directory_id                   = "d-1"
  root_volume_encryption_enabled = true
}

resource "aws_api_gateway_method_settings" "all" {
  method_path = "*/*"
  settings { # expect
    caching_enabled = true
  }
}

resource "aws_api_gateway_method_settings" "one" {
  settings {
    caching_enabled      = true
    cache_data_encrypted = false # expect
  }
}

resource "aws_emr_security_configuration" "files_only" {
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableInTransitEncryption = false
      EnableAtRestEncryption    = true
      AtRestEncryptionConfiguration = { # expect
        S3EncryptionConfiguration = { EncryptionMode = "SSE-S3" }
      }
    }
  })
}

resource "aws_ecs_service" "worker" {
  volume_configuration {
    name = "data"
    managed_ebs_volume {
      role_arn  = "arn:aws:iam::111122223333:role/volumes"
      encrypted = false # expect
    }
  }
}
