resource "aws_eks_cluster" "shop" {
  enabled_cluster_log_types = ["audit"] # expect
}

resource "aws_api_gateway_method_settings" "all" {
  method_path = "*/*"
  settings { # expect
    metrics_enabled = true
  }
}

resource "aws_api_gateway_method_settings" "off" {
  settings {
    logging_level = "OFF" # expect
  }
}

resource "aws_mwaa_environment" "flows" { # expect
  name = "flows"
}

resource "aws_mwaa_environment" "off" {
  logging_configuration {
    webserver_logs {
      enabled = false # expect
    }
  }
}

resource "aws_docdb_cluster_parameter_group" "baskets" { # expect
  family = "docdb5.0"
  parameter {
    name  = "tls"
    value = "enabled"
  }
}

resource "aws_redshift_parameter_group" "reports" { # expect
  family = "redshift-2.0"
}
