variable "password" {
  type      = string
  sensitive = true
}

data "aws_secretsmanager_secret_version" "splunk" {
  secret_id = "prod/splunk"
}

resource "aws_fsx_ontap_storage_virtual_machine" "files" {
  svm_admin_password = var.password
}

resource "aws_elasticache_user" "shop" {
  authentication_mode {
    type = "iam"
  }
}

resource "aws_elasticache_user" "jobs" {
  passwords = [var.password]
}

resource "aws_kinesis_firehose_delivery_stream" "payments" {
  splunk_configuration {
    hec_endpoint = "https://splunk.example.org:8088"
    hec_token    = data.aws_secretsmanager_secret_version.splunk.secret_string
  }
}

resource "aws_codepipeline" "shop" {
  stage {
    action {
      configuration = {
        ConnectionArn    = "arn:aws:codestar-connections:eu-west-1:111:connection/shop"
        FullRepositoryId = "shop/till"
        OAuthToken       = "{{resolve:secretsmanager:git:SecretString:token}}"
      }
    }
  }
}

resource "aws_mskconnect_connector" "orders" {
  connector_configuration = {
    "database.password"   = "$${secretManager:orders:password}"
    "database.user"       = "kettle-and-cups"
    "password.rule"       = "kettle-and-cups"
    "key.converter.token" = "false"
  }
}

resource "aws_db_option_group" "ledger" {
  option {
    option_name = "MARIADB_AUDIT_PLUGIN"
    option_settings {
      name  = "SERVER_AUDIT_EVENTS"
      value = "CONNECT,QUERY"
    }
  }
}

resource "aws_mwaa_environment" "nightly" {
  airflow_configuration_options = {
    "smtp.smtp_user" = "kettle-and-cups"
  }
}

# Names under which Airflow asks a secret store.
resource "aws_mwaa_environment" "lookups" {
  airflow_configuration_options = {
    "core.fernet_key_secret"        = "airflow/fernet"
    "database.sql_alchemy_conn_cmd" = "cat /run/conn"
  }
}
