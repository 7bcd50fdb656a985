resource "aws_db_parameter_group" "postgres" {
  family = "postgres14"
  parameter {
    name  = "ssl_min_protocol_version"
    value = "TLSv1" # expect
  }
}

resource "aws_rds_cluster_parameter_group" "mysql" {
  family = "aurora-mysql8.0"
  parameter {
    name  = "tls_version"
    value = "TLSv1.1,TLSv1.2" # expect
  }
}

resource "aws_db_parameter_group" "sqlserver" {
  family = "sqlserver-se-15.0"
  parameter {
    name  = "rds.tls10"
    value = "enabled" # expect
  }
}

resource "aws_db_option_group" "ledger" {
  engine_name = "oracle-ee"
  option {
    option_name = "SSL"
    option_settings {
      name  = "SQLNET.SSL_VERSION"
      value = "1.2 or 1.0" # expect
    }
  }
}
