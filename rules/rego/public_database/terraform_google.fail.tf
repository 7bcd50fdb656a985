resource "google_sql_database_instance" "default" {
  name             = "default"
  database_version = "POSTGRES_16"

  settings { # expect
    tier = "db-custom-2-8192"
  }
}

resource "google_sql_database_instance" "open" {
  name             = "open"
  database_version = "MYSQL_8_0"

  settings {
    tier = "db-custom-2-8192"
    ip_configuration {
      ipv4_enabled = true # expect
      authorized_networks {
        name  = "office"
        value = "198.51.100.7/32"
      }
      authorized_networks {
        name  = "all"
        value = "0.0.0.0/0" # expect
      }
    }
  }
}

resource "google_alloydb_instance" "cards" {
  cluster       = "cluster"
  instance_id   = "cards"
  instance_type = "PRIMARY"

  network_config {
    enable_public_ip = true # expect
    authorized_external_networks {
      cidr_range = "0.0.0.0/0" # expect
    }
  }
}

resource "google_dataproc_cluster" "reports" {
  name = "reports"

  cluster_config {
    gce_cluster_config {
      internal_ip_only = false # expect
    }
  }
}
