variable "public" { type = bool }

resource "google_sql_database_instance" "cards" {
  name             = "cards"
  database_version = "POSTGRES_16"

  settings {
    tier = "db-custom-2-8192"
    ip_configuration {
      ipv4_enabled = var.public
    }
  }
}
