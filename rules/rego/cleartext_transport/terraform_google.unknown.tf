variable "mode" { type = string }

resource "google_sql_database_instance" "cards" {
  name             = "cards"
  database_version = "POSTGRES_16"

  settings {
    tier = "db-custom-2-8192"
    ip_configuration {
      ssl_mode = var.mode
    }
  }
}

resource "google_compute_target_http_proxy" "elsewhere" {
  name    = "elsewhere"
  url_map = "of-another-team"
}

variable "enforcement" { type = string }

resource "google_sql_database_instance" "connectors" {
  name             = "connectors"
  database_version = "POSTGRES_16"

  settings {
    tier                  = "db-custom-2-8192"
    connector_enforcement = var.enforcement
  }
}
