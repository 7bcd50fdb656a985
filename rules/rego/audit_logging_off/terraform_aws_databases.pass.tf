resource "aws_redshift_cluster" "reports" {
  cluster_identifier = "reports"
}

resource "aws_redshift_logging" "reports" {
  cluster_identifier   = aws_redshift_cluster.reports.id
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog"]
}

resource "aws_redshift_cluster" "old" {
  cluster_identifier = "old"
  logging {
    enable      = true
    bucket_name = "logs"
  }
}

resource "aws_redshiftserverless_namespace" "reports" {
  namespace_name = "reports"
  log_exports    = ["connectionlog", "useractivitylog"]
}

resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  log_publishing_options {
    log_type                 = "INDEX_SLOW_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:eu-central-1:1:log-group:slow"
  }
  log_publishing_options {
    log_type                 = "AUDIT_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:eu-central-1:1:log-group:audit"
  }
}

resource "aws_mq_broker" "orders" {
  engine_type = "ActiveMQ"
  logs {
    audit   = true
    general = true
  }
}

# RabbitMQ refuses `audit`.
resource "aws_mq_broker" "rabbit" {
  engine_type = "RabbitMQ"
  logs {
    general = true
  }
}

resource "aws_db_parameter_group" "postgres" {
  family = "postgres16"
  parameter {
    name  = "log_connections"
    value = "1"
  }
  parameter {
    name  = "log_temp_files"
    value = "0"
  }
}

resource "aws_docdb_cluster_parameter_group" "carts" {
  family = "docdb5.0"
  parameter {
    name  = "audit_logs"
    value = "enabled"
  }
}

resource "aws_db_instance" "orders" {
  enabled_cloudwatch_logs_exports = ["postgresql"]
}

resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.orders.identifier
}

resource "aws_rds_cluster" "audited" {
  engine                          = "aurora-mysql"
  enabled_cloudwatch_logs_exports = ["audit", "error"]
}

resource "aws_db_option_group" "ledger" {
  option {
    option_name = "MARIADB_AUDIT_PLUGIN"
    option_settings {
      name  = "SERVER_AUDIT_LOGGING"
      value = "ON"
    }
  }
}
