variable "state" { type = string }

resource "google_container_cluster" "shop" {
  name = "shop"

  database_encryption {
    state    = var.state
    key_name = "projects/p/locations/l/keyRings/r/cryptoKeys/k"
  }
}
