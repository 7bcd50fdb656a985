resource "google_container_cluster" "gke_dbenc" {
  name = "c"
  database_encryption {
    state    = "ENCRYPTED"
    key_name = "projects/p/locations/l/keyRings/r/cryptoKeys/k"
  }
}
