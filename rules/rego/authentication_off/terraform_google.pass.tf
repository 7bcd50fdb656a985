resource "google_container_node_pool" "gke_kubelet" {
  cluster = "c"
  node_config {
    kubelet_config {
      cpu_manager_policy                     = "none"
      insecure_kubelet_readonly_port_enabled = "FALSE"
    }
  }
}

resource "google_container_cluster" "gke_kubelet_def" {
  name = "c"
  node_pool_defaults {
    node_config_defaults {
      insecure_kubelet_readonly_port_enabled = "FALSE"
    }
  }
}

resource "google_container_cluster" "gke_rbac_unauth" {
  name = "c"
  rbac_binding_config {
    enable_insecure_binding_system_unauthenticated = false
  }
}

resource "google_container_cluster" "gke_anon" {
  name = "c"
  anonymous_authentication_config {
    mode = "LIMITED"
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
resource "google_sql_user" "sql_user_nopass_u" {
  name     = "app"
  instance = google_sql_database_instance.sql_user_nopass_d.name
  type     = "CLOUD_IAM_USER"
}

resource "google_redis_instance" "redis_auth" {
  name                    = "r"
  memory_size_gb          = 1
  transit_encryption_mode = "SERVER_AUTHENTICATION"
  auth_enabled            = true
}

resource "google_redis_instance" "redis_auth_abs" {
  name                    = "r"
  memory_size_gb          = 1
  transit_encryption_mode = "SERVER_AUTHENTICATION"
  auth_enabled            = true
}

resource "google_redis_cluster" "redisc_auth" {
  name                    = "r"
  shard_count             = 1
  transit_encryption_mode = "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION"
  authorization_mode      = "AUTH_MODE_IAM_AUTH"
}

resource "google_redis_cluster" "redisc_auth2" {
  name               = "r"
  shard_count        = 1
  authorization_mode = "AUTH_MODE_IAM_AUTH"
}

resource "google_memorystore_instance" "valkey_auth" {
  instance_id             = "r"
  shard_count             = 1
  transit_encryption_mode = "SERVER_AUTHENTICATION"
  authorization_mode      = "IAM_AUTH"
}
