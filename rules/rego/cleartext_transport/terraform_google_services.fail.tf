variable "p" {}

resource "google_app_engine_standard_app_version" "gae_secure_abs" {
  service = "s"
  runtime = "python312"
  handlers {
    url_regex      = "/pay"
    security_level = "SECURE_ALWAYS"
  }
  handlers { # expect
    url_regex = "/static"
  }
  handlers {
    url_regex = ".*"
    script { script_path = "auto" }
  }
}

resource "google_app_engine_flexible_app_version" "gae_flex_default" {
  service = "s"
  runtime = "python"
  handlers {
    url_regex      = ".*"
    security_level = "SECURE_DEFAULT" # expect
  }
}

resource "google_pubsub_subscription" "push_http" {
  name  = "j"
  topic = "t"
  push_config {
    push_endpoint = "http://pay.example.com/run" # expect
  }
}

resource "google_network_services_edge_cache_origin" "edge_origin" {
  name           = "j"
  origin_address = "o.example.com"
  protocol       = "HTTP" # expect
}

resource "google_network_security_server_tls_policy" "mtls_open" {
  name       = "j"
  allow_open = true # expect
}

resource "google_apigee_target_server" "apigee_ssl" {
  name = "t"
  host = "h.example.com"
  port = 443
  s_sl_info {
    enabled = false # expect
  }
}

resource "google_monitoring_uptime_check_config" "uptime_http" {
  display_name = "d"
  http_check {
    use_ssl      = false # expect
    validate_ssl = true
    auth_info {
      username = "u"
      password = var.p
    }
  }
}
