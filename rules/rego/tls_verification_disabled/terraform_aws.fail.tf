provider "aws" {
  region   = "eu-central-1"
  insecure = true # expect
}

resource "aws_api_gateway_integration" "bank" {
  type = "HTTP"
  uri  = "https://bank.example.com"
  tls_config {
    insecure_skip_verification = true # expect
  }
}

resource "aws_codebuild_project" "shop" {
  source {
    type         = "GITHUB_ENTERPRISE"
    insecure_ssl = true # expect
  }
  secondary_sources {
    type         = "GITHUB_ENTERPRISE"
    insecure_ssl = "true" # expect
  }
}

resource "aws_dms_endpoint" "orders" {
  engine_name = "postgres"
  ssl_mode    = "require" # expect
}

resource "aws_dms_endpoint" "events" {
  engine_name = "kafka"
  kafka_settings {
    security_protocol                     = "ssl-encryption"
    ssl_endpoint_identification_algorithm = "none" # expect
  }
}

resource "aws_glue_connection" "orders" {
  connection_properties = {
    JDBC_ENFORCE_SSL                 = "true"
    SKIP_CUSTOM_JDBC_CERT_VALIDATION = "true" # expect
  }
}

resource "aws_glue_connection" "events" {
  connection_type = "KAFKA"
  connection_properties = {
    KAFKA_SSL_ENABLED                 = "true"
    KAFKA_SKIP_CUSTOM_CERT_VALIDATION = "true" # expect
  }
}

resource "aws_lb_listener" "partners" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  mutual_authentication {
    mode                             = "verify"
    ignore_client_certificate_expiry = true # expect
  }
}
