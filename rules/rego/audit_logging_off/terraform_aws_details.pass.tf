resource "aws_eks_cluster" "shop" {
  enabled_cluster_log_types = ["api", "audit", "authenticator"]
}

resource "aws_api_gateway_method_settings" "all" {
  settings {
    logging_level = "INFO"
  }
}

resource "aws_mwaa_environment" "flows" {
  logging_configuration {
    webserver_logs {
      enabled   = true
      log_level = "INFO"
    }
  }
}

resource "aws_docdb_cluster_parameter_group" "baskets" {
  family = "docdb5.0"
  parameter {
    name  = "audit_logs"
    value = "ddl"
  }
}

resource "aws_neptune_cluster_parameter_group" "links" {
  family = "neptune1.3"
  parameter {
    name  = "neptune_enable_audit_log"
    value = 1
  }
}
