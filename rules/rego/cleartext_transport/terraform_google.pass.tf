resource "google_sql_database_instance" "encrypted" {
  name             = "encrypted"
  database_version = "POSTGRES_16"

  settings {
    tier = "db-custom-2-8192"
    ip_configuration {
      ssl_mode    = "ENCRYPTED_ONLY"
      require_ssl = false
    }
  }
}

resource "google_sql_database_instance" "older_argument" {
  name             = "older"
  database_version = "MYSQL_5_7"

  settings {
    tier = "db-custom-2-8192"
    ip_configuration {
      require_ssl = true
    }
  }
}

# Connectors bring TLS with them.
resource "google_sql_database_instance" "connectors" {
  name             = "connectors"
  database_version = "POSTGRES_16"

  settings {
    tier                  = "db-custom-2-8192"
    connector_enforcement = "REQUIRED"
  }
}

# Its settings are those of the original.
resource "google_sql_database_instance" "clone" {
  name             = "clone"
  database_version = "POSTGRES_16"

  clone {
    source_instance_name = "encrypted"
  }
}

resource "google_alloydb_instance" "cards" {
  cluster       = "cluster"
  instance_id   = "cards"
  instance_type = "PRIMARY"
}

resource "google_redis_instance" "sessions" {
  name                    = "sessions"
  memory_size_gb          = 1
  transit_encryption_mode = "SERVER_AUTHENTICATION"
}

resource "google_compute_url_map" "to_https" {
  name = "to-https"
  default_url_redirect {
    https_redirect = true
    strip_query    = false
  }
}

resource "google_compute_target_http_proxy" "to_https" {
  name    = "to-https"
  url_map = google_compute_url_map.to_https.id
}

resource "google_compute_region_url_map" "inside" {
  name            = "inside"
  region          = "europe-west1"
  default_service = "backend"
}

resource "google_compute_region_target_http_proxy" "inside" {
  name    = "inside"
  region  = "europe-west1"
  url_map = google_compute_region_url_map.inside.id
}

resource "google_compute_forwarding_rule" "inside" {
  name                  = "inside"
  region                = "europe-west1"
  load_balancing_scheme = "INTERNAL_MANAGED"
  target                = google_compute_region_target_http_proxy.inside.id
  port_range            = "80"
}

resource "google_app_engine_standard_app_version" "shop" {
  service = "default"
  runtime = "python312"

  handlers {
    url_regex      = "/pay"
    security_level = "SECURE_ALWAYS"
  }
}

resource "google_cloud_scheduler_job" "settle" {
  name = "settle"

  http_target {
    uri = "https://jobs.example.com/settle"
  }
}
