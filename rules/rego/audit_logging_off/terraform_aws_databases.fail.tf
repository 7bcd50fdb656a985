resource "aws_redshift_cluster" "reports" { # expect
  cluster_identifier = "reports"
}

resource "aws_redshift_cluster" "old" {
  cluster_identifier = "old"
  logging {
    enable = false # expect
  }
}

resource "aws_redshiftserverless_namespace" "reports" { # expect
  namespace_name = "reports"
}

resource "aws_opensearch_domain" "search" { # expect
  domain_name = "search"
}

resource "aws_elasticsearch_domain" "slow" {
  domain_name = "slow"
  log_publishing_options { # expect
    log_type                 = "INDEX_SLOW_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:eu-central-1:1:log-group:slow"
  }
}

resource "aws_mq_broker" "orders" { # expect
  engine_type = "ActiveMQ"
}

resource "aws_mq_broker" "general" {
  engine_type = "ActiveMQ"
  logs { # expect
    general = true
  }
}

resource "aws_mq_broker" "rabbit" {
  engine_type = "RabbitMQ"
  logs {
    general = false # expect
  }
}

resource "aws_db_parameter_group" "postgres" {
  family = "postgres16"
  parameter {
    name  = "log_connections"
    value = "0" # expect
  }
}

resource "aws_docdb_cluster_parameter_group" "carts" {
  family = "docdb5.0"
  parameter {
    name  = "audit_logs"
    value = "disabled" # expect
  }
}

resource "aws_redshift_parameter_group" "reports" {
  family = "redshift-1.0"
  parameter {
    name  = "enable_user_activity_logging"
    value = "false" # expect
  }
}

resource "aws_db_instance" "orders" { # expect
  engine = "postgres"
}

resource "aws_rds_cluster" "errors_only" {
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = ["error", "slowquery"] # expect
}

resource "aws_db_option_group" "ledger" {
  option {
    option_name = "MARIADB_AUDIT_PLUGIN"
    option_settings {
      name  = "SERVER_AUDIT_LOGGING"
      value = "OFF" # expect
    }
  }
}
