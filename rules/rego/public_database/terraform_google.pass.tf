resource "google_sql_database_instance" "private" {
  name             = "private"
  database_version = "POSTGRES_16"

  settings {
    tier = "db-custom-2-8192"
    ip_configuration {
      ipv4_enabled    = false
      private_network = "projects/p/global/networks/cards"
    }
  }
}

resource "google_alloydb_instance" "cards" {
  cluster       = "cluster"
  instance_id   = "cards"
  instance_type = "PRIMARY"
}

resource "google_dataproc_cluster" "reports" {
  name = "reports"

  cluster_config {
    gce_cluster_config {
      internal_ip_only = true
    }
  }
}
