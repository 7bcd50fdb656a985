resource "google_storage_bucket" "logs" {
  name     = "shop-logs"
  location = "EU"

  retention_policy {
    retention_period = 31536000
    is_locked        = true
  }
}

resource "google_logging_project_sink" "logs" {
  name        = "logs"
  destination = "storage.googleapis.com/${google_storage_bucket.logs.name}"
}

# Holds no logs.
resource "google_storage_bucket" "images" {
  name     = "images"
  location = "EU"
}

resource "google_logging_project_bucket_config" "audit" {
  project        = "shop"
  location       = "global"
  retention_days = 400
  bucket_id      = "audit"
  locked         = true
}

resource "google_storage_bucket" "auditbucket_lock" {
  name     = "shop-audit-logs"
  location = "EU"
  retention_policy {
    is_locked        = true
    retention_period = 31536000
  }
}

resource "google_storage_bucket" "auditbucket_none" {
  name     = "shop-audit-logs"
  location = "EU"
  retention_policy {
    is_locked        = true
    retention_period = 31536000
  }
}
