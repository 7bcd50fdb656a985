resource "google_sql_database_instance" "default" {
  name             = "default"
  database_version = "POSTGRES_16"

  settings { # expect
    tier = "db-custom-2-8192"
  }
}

resource "google_sql_database_instance" "both" {
  name             = "both"
  database_version = "MYSQL_8_0"

  settings {
    tier = "db-custom-2-8192"
    ip_configuration {
      private_network = "net"
      ssl_mode        = "ALLOW_UNENCRYPTED_AND_ENCRYPTED" # expect
    }
  }
}

resource "google_sql_database_instance" "older_argument" {
  name             = "older"
  database_version = "MYSQL_5_7"

  settings {
    tier = "db-custom-2-8192"
    ip_configuration {
      require_ssl = false # expect
    }
  }
}

resource "google_alloydb_instance" "cards" {
  cluster       = "cluster"
  instance_id   = "cards"
  instance_type = "PRIMARY"

  client_connection_config {
    ssl_config {
      ssl_mode = "ALLOW_UNENCRYPTED_AND_ENCRYPTED" # expect
    }
  }
}

resource "google_redis_instance" "default" { # expect
  name           = "default"
  memory_size_gb = 1
}

resource "google_redis_cluster" "sessions" {
  name                    = "sessions"
  shard_count             = 3
  transit_encryption_mode = "TRANSIT_ENCRYPTION_MODE_DISABLED" # expect
}

resource "google_memorystore_instance" "sessions" {
  instance_id             = "sessions"
  shard_count             = 3
  location                = "europe-west1"
  transit_encryption_mode = "TRANSIT_ENCRYPTION_DISABLED" # expect
}

resource "google_compute_url_map" "shop" {
  name            = "shop"
  default_service = "backend"
}

resource "google_compute_target_http_proxy" "shop" { # expect
  name    = "shop"
  url_map = google_compute_url_map.shop.id
}

resource "google_compute_global_forwarding_rule" "shop" {
  name       = "shop"
  target     = google_compute_target_http_proxy.shop.id
  port_range = "80"
}

resource "google_compute_url_map" "to_another_host_in_clear" {
  name = "moved"
  default_url_redirect {
    host_redirect = "new.example.com"
    strip_query   = false
  }
}

resource "google_compute_target_http_proxy" "moved" { # expect
  name    = "moved"
  url_map = google_compute_url_map.to_another_host_in_clear.self_link
}

resource "google_app_engine_standard_app_version" "shop" {
  service = "default"
  runtime = "python312"

  handlers {
    url_regex      = "/pay"
    security_level = "SECURE_OPTIONAL" # expect
  }
}

resource "google_cloudfunctions_function" "hook" {
  name                         = "hook"
  runtime                      = "python312"
  trigger_http                 = true
  https_trigger_security_level = "SECURE_OPTIONAL" # expect
}

resource "google_cloud_scheduler_job" "settle" {
  name = "settle"

  http_target {
    uri = "http://jobs.example.com/settle" # expect
  }
}
