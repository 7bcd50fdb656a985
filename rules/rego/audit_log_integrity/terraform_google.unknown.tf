variable "locked" { type = bool }

resource "google_storage_bucket" "logs" {
  name     = "shop-logs"
  location = "EU"

  retention_policy {
    retention_period = 31536000
    is_locked        = var.locked
  }
}

resource "google_logging_project_sink" "logs" {
  name        = "logs"
  destination = "storage.googleapis.com/${google_storage_bucket.logs.name}"
}
