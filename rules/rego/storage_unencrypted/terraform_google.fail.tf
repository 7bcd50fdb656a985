resource "google_container_cluster" "gke_dbenc" {
  name = "c"
  database_encryption {
    state    = "DECRYPTED" # expect
    key_name = ""
  }
}
