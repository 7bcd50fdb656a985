variable "on" { type = bool }
variable "cluster" { type = string }

resource "aws_redshift_cluster" "reports" {
  cluster_identifier = "reports"
}

resource "aws_redshift_logging" "some" {
  cluster_identifier = var.cluster
}

resource "aws_mq_broker" "orders" {
  engine_type = "ActiveMQ"
  logs {
    audit = var.on
  }
}

resource "aws_db_parameter_group" "postgres" {
  family = "postgres16"
  parameter {
    name  = "log_connections"
    value = var.on
  }
}

variable "exports" { type = list(string) }

resource "aws_db_instance" "orders" {
  engine                          = "postgres"
  enabled_cloudwatch_logs_exports = var.exports
}
