resource "aws_db_parameter_group" "orders" {
  family = "postgres16"
  parameter {
    name  = "rds.force_ssl"
    value = "0" # expect
  }
}

resource "aws_neptune_cluster_parameter_group" "graph" {
  family = "neptune1.3"
  parameter {
    name  = "neptune_enforce_ssl"
    value = 0 # expect
  }
}

resource "aws_redshift_parameter_group" "dwh" { # expect
  name   = "dwh"
  family = "redshift-1.0"
  parameter {
    name  = "enable_user_activity_logging"
    value = "true"
  }
}

resource "aws_redshift_parameter_group" "open" {
  family = "redshift-1.0"
  parameter {
    name  = "require_ssl"
    value = false # expect
  }
}

resource "aws_rds_cluster_parameter_group" "orders" {
  family = "aurora-mysql8.0"
  parameter {
    name  = "require_secure_transport"
    value = "OFF" # expect
  }
}

resource "aws_db_proxy" "orders" { # expect
  name = "orders"
}

resource "aws_db_proxy" "ledger" {
  require_tls = false # expect
}

resource "aws_redshiftserverless_workgroup" "dwh" {
  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "false" # expect
  }
}

resource "aws_db_option_group" "ledger" {
  option {
    option_name = "NATIVE_NETWORK_ENCRYPTION"
    option_settings {
      name  = "SQLNET.ENCRYPTION_SERVER"
      value = "REJECTED" # expect
    }
  }
}
