resource "google_storage_bucket" "receipts" {
  name     = "receipts"
  location = "EU"

  logging {
    log_bucket = google_storage_bucket.access_logs.name
  }
}

resource "google_storage_bucket" "access_logs" {
  name     = "access"
  location = "EU"
}
