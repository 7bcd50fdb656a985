resource "google_sql_database_instance" "sql_flag_tls" {
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
      name  = "ssl_min_protocol_version"
      value = "TLSv1.2"
    }
  }
}

resource "google_alloydb_instance" "alloy_tls" {
  cluster       = "c"
  instance_type = "PRIMARY"
  database_flags = {
    ssl_min_protocol_version = "TLSv1.2"
  }
}
