resource "aws_db_parameter_group" "postgres" {
  family = "postgres16"
  parameter {
    name  = "ssl_min_protocol_version"
    value = "TLSv1.2"
  }
}

resource "aws_rds_cluster_parameter_group" "mysql" {
  family = "aurora-mysql8.0"
  parameter {
    name  = "tls_version"
    value = "TLSv1.2,TLSv1.3"
  }
}

resource "aws_db_parameter_group" "sqlserver" {
  parameter {
    name  = "rds.tls10"
    value = "disabled"
  }
  parameter {
    name  = "rds.tls12"
    value = "enabled"
  }
}

# Not finished.
resource "aws_db_parameter_group" "unfinished" {
  parameter {
    name = "tls_version"
  }
}

resource "aws_db_option_group" "ledger" {
  engine_name = "oracle-ee"
  option {
    option_name = "SSL"
    option_settings {
      name  = "SQLNET.SSL_VERSION"
      value = "1.2"
    }
  }
}
