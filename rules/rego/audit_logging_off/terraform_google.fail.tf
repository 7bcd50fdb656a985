resource "google_compute_subnetwork" "cards" { # expect
  name          = "cards"
  network       = "net"
  ip_cidr_range = "10.0.0.0/24"
}

resource "google_compute_subnetwork" "older_argument" { # expect
  name             = "older"
  network          = "net"
  ip_cidr_range    = "10.0.1.0/24"
  purpose          = "PRIVATE"
  enable_flow_logs = false
}

resource "google_compute_subnetwork" "samples_nothing" {
  name          = "nothing"
  network       = "net"
  ip_cidr_range = "10.0.2.0/24"

  log_config {
    flow_sampling = 0 # expect
  }
}

resource "google_compute_firewall" "ssh" {
  name           = "ssh"
  network        = "net"
  enable_logging = false # expect
}

resource "google_compute_router_nat" "nat" {
  name   = "nat"
  router = "router"

  log_config {
    enable = false # expect
    filter = "ALL"
  }
}

resource "google_dns_policy" "dns" {
  name           = "dns"
  enable_logging = false # expect
}

resource "google_compute_backend_service" "shop" { # expect
  name     = "shop"
  protocol = "HTTPS"
}

resource "google_compute_backend_service" "off" {
  name     = "off"
  protocol = "HTTPS"

  log_config {
    enable = false # expect
  }
}

resource "google_compute_region_backend_service" "nothing" {
  name                  = "nothing"
  region                = "europe-west1"
  protocol              = "HTTPS"
  load_balancing_scheme = "EXTERNAL_MANAGED"

  log_config {
    enable      = true
    sample_rate = 0.0 # expect
  }
}

resource "google_sql_database_instance" "cards" {
  name             = "cards"
  database_version = "POSTGRES_16"

  settings { # expect
    tier = "db-custom-2-8192"
  }
}

resource "google_sql_database_instance" "flags" {
  name             = "flags"
  database_version = "POSTGRES_16"

  settings {
    tier = "db-custom-2-8192"
    database_flags {
      name  = "log_connections"
      value = "off" # expect
    }
    database_flags {
      name  = "log_disconnections"
      value = "off" # expect
    }
  }
}

resource "google_sql_database_instance" "mysql" {
  name             = "mysql"
  database_version = "MYSQL_8_0"

  settings { # expect
    tier = "db-custom-2-8192"
    database_flags {
      name  = "local_infile"
      value = "off"
    }
  }
}

resource "google_alloydb_instance" "cards" {
  cluster       = "cluster"
  instance_id   = "cards"
  instance_type = "PRIMARY"

  database_flags = {
    "alloydb.enable_pgaudit" = "off" # expect
  }
}

resource "google_container_cluster" "quiet" {
  name            = "quiet"
  logging_service = "none" # expect
}

resource "google_container_cluster" "empty" {
  name = "empty"

  logging_config {
    enable_components = [] # expect
  }
}

resource "google_project_iam_audit_config" "some" {
  project = "shop"
  service = "allServices"

  audit_log_config { # expect
    log_type = "DATA_READ"
  }
}

resource "google_organization_iam_audit_config" "exempted" {
  org_id  = "1234"
  service = "allServices"

  audit_log_config {
    log_type         = "DATA_READ"
    exempted_members = ["user:boss@example.com"] # expect
  }
  audit_log_config {
    log_type = "DATA_WRITE"
  }
}

resource "google_logging_organization_sink" "off" {
  name        = "off"
  org_id      = "1234"
  destination = "storage.googleapis.com/logs"
  disabled    = true # expect
}

resource "google_logging_project_exclusion" "audit" {
  name   = "audit"
  filter = "logName:\"cloudaudit.googleapis.com\"" # expect
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
      value = "none" # expect
    }
  }
}

data "google_iam_policy" "iampolicy_exempt_p" {
  audit_config {
    service = "allServices"
    audit_log_configs {
      log_type         = "DATA_READ"
      exempted_members = ["user:a@example.com"] # expect
    }
    audit_log_configs { log_type = "DATA_WRITE" }
  }
}
