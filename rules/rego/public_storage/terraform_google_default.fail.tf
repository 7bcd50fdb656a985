resource "google_storage_bucket" "receipts" { # expect
  name     = "receipts"
  location = "EU"
}
