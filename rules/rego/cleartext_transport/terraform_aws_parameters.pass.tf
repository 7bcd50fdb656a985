resource "aws_db_parameter_group" "orders" {
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_redshift_parameter_group" "dwh" {
  family = "redshift-1.0"
  parameter {
    name  = "require_ssl"
    value = "true"
  }
}

resource "aws_docdb_cluster_parameter_group" "documents" {
  family = "docdb5.0"
  parameter {
    name  = "tls"
    value = "tls1.2+"
  }
}

resource "aws_redshift_parameter_group" "current" {
  family = "redshift-2.0"
}

resource "aws_db_parameter_group" "tuned" {
  family = "postgres16"
  parameter {
    name  = "log_connections"
    value = "0"
  }
}

resource "aws_db_proxy" "orders" {
  require_tls = true
}

resource "aws_redshiftserverless_workgroup" "dwh" {
  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "true"
  }
}

resource "aws_db_option_group" "ledger" {
  option {
    option_name = "NATIVE_NETWORK_ENCRYPTION"
    option_settings {
      name  = "SQLNET.ENCRYPTION_SERVER"
      value = "REQUIRED"
    }
  }
}
