variable "floor" { type = string }

resource "google_alloydb_instance" "cards" {
  cluster       = "cards"
  instance_id   = "cards"
  instance_type = "PRIMARY"

  database_flags = {
    ssl_min_protocol_version = var.floor
  }
}
