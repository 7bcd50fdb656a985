resource "aws_fsx_ontap_storage_virtual_machine" "files" {
  name               = "files"
  svm_admin_password = "kettle-and-cups" # expect
  active_directory_configuration {
    self_managed_active_directory_configuration {
      domain_name = "corp.example.org"
      username    = "join"
      password    = "kettle-and-cups" # expect
    }
  }
}

resource "aws_directory_service_radius_settings" "mfa" {
  shared_secret = "kettle-and-cups" # expect
}

resource "aws_directory_service_trust" "head_office" {
  trust_password = "kettle-and-cups" # expect
}

resource "aws_docdbelastic_cluster" "baskets" {
  admin_user_password = "kettle-and-cups" # expect
}

resource "aws_redshiftserverless_namespace" "reports" {
  admin_user_password = "kettle-and-cups" # expect
}

resource "aws_elasticache_user" "shop" {
  user_name = "shop"
  passwords = [
    "kettle-and-cups", # expect
    var.second,
  ]
}

resource "aws_memorydb_user" "shop" {
  user_name = "shop"
  authentication_mode {
    type      = "password"
    passwords = ["kettle-and-cups"] # expect
  }
}

resource "aws_kinesis_firehose_delivery_stream" "payments" {
  destination = "splunk"
  splunk_configuration {
    hec_token = "kettle-and-cups" # expect
  }
  http_endpoint_configuration {
    access_key = "kettle-and-cups" # expect
  }
  redshift_configuration {
    password = "kettle-and-cups" # expect
  }
  snowflake_configuration {
    key_passphrase = "kettle-and-cups" # expect
  }
}

resource "aws_cloudwatch_event_connection" "partner" {
  auth_parameters {
    api_key {
      key   = "x-signature"
      value = "kettle-and-cups" # expect
    }
    oauth {
      client_parameters {
        client_secret = "kettle-and-cups" # expect
      }
    }
  }
}

resource "aws_cloudwatch_event_connection" "bank" {
  auth_parameters {
    basic {
      username = "shop"
      password = "kettle-and-cups" # expect
    }
  }
}

resource "aws_dms_endpoint" "events" {
  engine_name = "kafka"
  kafka_settings {
    sasl_password           = "kettle-and-cups" # expect
    ssl_client_key_password = "kettle-and-cups" # expect
  }
  redis_settings {
    auth_password = "kettle-and-cups" # expect
  }
}

resource "aws_datasync_location_azure_blob" "old_files" {
  sas_configuration {
    token = "kettle-and-cups" # expect
  }
}

resource "aws_storagegateway_gateway" "branch" {
  smb_guest_password = "kettle-and-cups" # expect
  smb_active_directory_settings {
    password = "kettle-and-cups" # expect
  }
}

resource "aws_emr_cluster" "reports" {
  kerberos_attributes {
    kdc_admin_password                   = "kettle-and-cups" # expect
    ad_domain_join_password              = "kettle-and-cups" # expect
    cross_realm_trust_principal_password = "kettle-and-cups" # expect
  }
  configurations_json = jsonencode([{
    Classification = "hive-site"
    Properties = {
      "javax.jdo.option.ConnectionPassword" = "kettle-and-cups" # expect
    }
  }])
}

resource "aws_codebuild_source_credential" "git" {
  token = "kettle-and-cups" # expect
}

resource "aws_codepipeline_webhook" "git" {
  authentication_configuration {
    secret_token = "kettle-and-cups" # expect
  }
}

resource "aws_codepipeline" "shop" {
  stage {
    action {
      configuration = {
        Owner      = "shop"
        OAuthToken = "kettle-and-cups" # expect
      }
    }
  }
}

resource "aws_appflow_connector_profile" "desk" {
  connector_profile_config {
    connector_profile_credentials {
      slack {
        client_id     = "shop"
        client_secret = "kettle-and-cups" # expect
      }
    }
  }
}

resource "aws_quicksight_data_source" "reports" {
  credentials {
    credential_pair {
      password = "kettle-and-cups" # expect
    }
  }
}

resource "aws_sns_platform_application" "app" {
  platform_credential = "kettle-and-cups" # expect
}

resource "aws_mskconnect_connector" "orders" {
  connector_configuration = {
    "connector.class"   = "orders"
    "database.password" = "kettle-and-cups" # expect
  }
}

resource "aws_mwaa_environment" "nightly" {
  airflow_configuration_options = {
    "smtp.smtp_password" = "kettle-and-cups" # expect
  }
}

resource "aws_kinesisanalyticsv2_application" "fraud" {
  application_configuration {
    environment_properties {
      property_group {
        property_group_id = "sink"
        property_map = {
          "db.password" = "kettle-and-cups" # expect
        }
      }
    }
  }
}

resource "aws_db_option_group" "ledger" {
  option {
    option_name = "OEM_AGENT"
    option_settings {
      name  = "AGENT_REGISTRATION_PASSWORD"
      value = "kettle-and-cups" # expect
    }
  }
}
