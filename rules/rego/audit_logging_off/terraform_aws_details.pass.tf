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
