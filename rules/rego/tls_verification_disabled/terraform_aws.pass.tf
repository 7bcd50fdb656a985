provider "aws" {
  region   = "eu-central-1"
  insecure = false
}

resource "aws_api_gateway_integration" "bank" {
  type = "HTTP"
  uri  = "https://bank.example.com"
  tls_config {
    insecure_skip_verification = false
  }
}

resource "aws_codebuild_project" "shop" {
  source {
    type         = "GITHUB"
    insecure_ssl = false
  }
}

resource "aws_dms_endpoint" "orders" {
  engine_name = "postgres"
  ssl_mode    = "verify-full"
}

# Oracle knows no other way.
resource "aws_dms_endpoint" "ledger" {
  engine_name = "oracle"
  ssl_mode    = "verify-ca"
}

resource "aws_glue_connection" "orders" {
  connection_properties = {
    JDBC_ENFORCE_SSL                 = "true"
    SKIP_CUSTOM_JDBC_CERT_VALIDATION = "false"
  }
}

resource "aws_lb_listener" "partners" {
  protocol   = "HTTPS"
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  mutual_authentication {
    mode = "verify"
  }
}
