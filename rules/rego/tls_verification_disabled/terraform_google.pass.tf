variable "p" {}

resource "google_apigee_target_server" "apigee_ignore" {
  name = "t"
  host = "h.example.com"
  port = 443
  s_sl_info {
    enabled                  = true
    ignore_validation_errors = false
  }
}

resource "google_monitoring_uptime_check_config" "uptime_ssl" {
  display_name = "d"
  http_check {
    use_ssl      = true
    validate_ssl = true
    auth_info {
      username = "u"
      password = var.p
    }
  }
}

resource "google_integration_connectors_connection" "connector_trust" {
  name = "c"
  ssl_config {
    type        = "TLS"
    trust_model = "PRIVATE"
  }
}

resource "google_sql_database_instance" "replica_verify" {
  name                 = "d"
  database_version     = "MYSQL_8_0"
  master_instance_name = "m"
  replica_configuration {
    verify_server_certificate = true
  }
}
