variable "flags" { type = map(string) }

resource "google_sql_database_instance" "cards" {
  name             = "cards"
  database_version = "POSTGRES_16"

  settings {
    tier = "db-custom-2-8192"
    dynamic "database_flags" {
      for_each = var.flags
      content {
        name  = database_flags.key
        value = database_flags.value
      }
    }
  }
}
