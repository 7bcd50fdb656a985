resource "google_container_node_pool" "gke_kubelet" {
  cluster = "c"
  node_config {
    kubelet_config {
      cpu_manager_policy                     = "none"
      insecure_kubelet_readonly_port_enabled = "TRUE" # expect
    }
  }
}

resource "google_container_cluster" "gke_kubelet_def" {
  name = "c"
  node_pool_defaults {
    node_config_defaults {
      insecure_kubelet_readonly_port_enabled = "TRUE" # expect
    }
  }
}

resource "google_container_cluster" "gke_rbac_unauth" {
  name = "c"
  rbac_binding_config {
    enable_insecure_binding_system_unauthenticated = true # expect
  }
}

resource "google_container_cluster" "gke_anon" {
  name = "c"
  anonymous_authentication_config {
    mode = "ENABLED" # expect
  }
}

resource "google_sql_database_instance" "sql_user_nopass_d" {
  name             = "d"
  database_version = "MYSQL_8_0"
  settings {
    tier = "db-g1-small"
    ip_configuration {
      ipv4_enabled    = false
      private_network = "n"
      ssl_mode        = "ENCRYPTED_ONLY"
    }
    database_flags {
      name  = "cloudsql_mysql_audit"
      value = "ON"
    }
  }
}
resource "google_sql_user" "sql_user_nopass_u" { # expect
  name     = "app"
  instance = google_sql_database_instance.sql_user_nopass_d.name
}

resource "google_redis_instance" "redis_auth" {
  name                    = "r"
  memory_size_gb          = 1
  transit_encryption_mode = "SERVER_AUTHENTICATION"
  auth_enabled            = false # expect
}

resource "google_redis_instance" "redis_auth_abs" { # expect
  name                    = "r"
  memory_size_gb          = 1
  transit_encryption_mode = "SERVER_AUTHENTICATION"
}

resource "google_redis_cluster" "redisc_auth" { # expect
  name                    = "r"
  shard_count             = 1
  transit_encryption_mode = "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION"
}

resource "google_redis_cluster" "redisc_auth2" {
  name               = "r"
  shard_count        = 1
  authorization_mode = "AUTH_MODE_DISABLED" # expect
}

resource "google_memorystore_instance" "valkey_auth" { # expect
  instance_id             = "r"
  shard_count             = 1
  transit_encryption_mode = "SERVER_AUTHENTICATION"
}
