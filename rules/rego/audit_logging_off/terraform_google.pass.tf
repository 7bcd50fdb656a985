resource "google_compute_subnetwork" "cards" {
  name          = "cards"
  network       = "net"
  ip_cidr_range = "10.0.0.0/24"

  log_config {
    aggregation_interval = "INTERVAL_5_SEC"
    flow_sampling        = 1.0
  }
}

# Proxies' subnetworks know no flow logs.
resource "google_compute_subnetwork" "proxies" {
  name          = "proxies"
  network       = "net"
  ip_cidr_range = "10.0.1.0/24"
  purpose       = "REGIONAL_MANAGED_PROXY"
  role          = "ACTIVE"
}

resource "google_compute_subnetwork" "logged_apart" {
  name          = "apart"
  network       = "net"
  ip_cidr_range = "10.0.2.0/24"
}

resource "google_network_management_vpc_flow_logs_config" "apart" {
  vpc_flow_logs_config_id = "apart"
  location                = "global"
  subnet                  = google_compute_subnetwork.logged_apart.id
}

resource "google_compute_backend_service" "shop" {
  name     = "shop"
  protocol = "HTTPS"

  log_config {
    enable = true
  }
}

# Of a service mesh, and of one that passes packets on.
resource "google_compute_backend_service" "mesh" {
  name                  = "mesh"
  protocol              = "HTTP"
  load_balancing_scheme = "INTERNAL_SELF_MANAGED"
}

resource "google_compute_region_backend_service" "packets" {
  name   = "packets"
  region = "europe-west1"
}

resource "google_sql_database_instance" "cards" {
  name             = "cards"
  database_version = "POSTGRES_16"

  settings {
    tier = "db-custom-2-8192"
    database_flags {
      name  = "cloudsql.enable_pgaudit"
      value = "on"
    }
  }
}

resource "google_sql_database_instance" "replica" {
  name                 = "replica"
  database_version     = "POSTGRES_16"
  master_instance_name = google_sql_database_instance.cards.name

  settings {
    tier = "db-custom-2-8192"
  }
}

resource "google_sql_database_instance" "windows" {
  name             = "windows"
  database_version = "SQLSERVER_2022_STANDARD"

  settings {
    tier = "db-custom-2-8192"
    sql_server_audit_config {
      bucket = "gs://audit"
    }
  }
}

resource "google_container_cluster" "shop" {
  name = "shop"

  logging_config {
    enable_components = ["SYSTEM_COMPONENTS", "WORKLOADS"]
  }
}

resource "google_container_cluster" "default" {
  name = "default"
}

resource "google_project_iam_audit_config" "all" {
  project = "shop"
  service = "allServices"

  audit_log_config {
    log_type = "ADMIN_READ"
  }
  audit_log_config {
    log_type = "DATA_READ"
  }
  audit_log_config {
    log_type = "DATA_WRITE"
  }
}

resource "google_logging_project_exclusion" "health" {
  name   = "health"
  filter = "httpRequest.requestUrl:\"/healthz\" AND NOT logName:\"cloudaudit.googleapis.com\""
}

resource "google_logging_project_sink" "on" {
  name        = "on"
  destination = "storage.googleapis.com/logs"
  disabled    = false
}

resource "google_sql_database_instance" "sql_flag_pgaudit_none" {
  name             = "d"
  database_version = "POSTGRES_15"
  settings {
    tier = "db-g1-small"
    ip_configuration {
      ipv4_enabled    = false
      private_network = "n"
      ssl_mode        = "ENCRYPTED_ONLY"
    }
    database_flags {
      name  = "cloudsql.enable_pgaudit"
      value = "on"
    }
    database_flags {
      name  = "pgaudit.log"
      value = "all"
    }
  }
}

data "google_iam_policy" "iampolicy_exempt_p" {
  audit_config {
    service = "allServices"
    audit_log_configs {
      log_type = "DATA_READ"
    }
    audit_log_configs { log_type = "DATA_WRITE" }
  }
}
