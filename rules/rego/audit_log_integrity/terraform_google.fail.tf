resource "google_storage_bucket" "logs" { # expect
  name     = "shop-logs"
  location = "EU"
}

resource "google_logging_project_sink" "logs" {
  name        = "logs"
  destination = "storage.googleapis.com/${google_storage_bucket.logs.name}"
}

resource "google_storage_bucket" "org" {
  name     = "org-logs"
  location = "EU"

  retention_policy {
    retention_period = 31536000
    is_locked        = false # expect
  }
}

resource "google_logging_organization_sink" "org" {
  name        = "org"
  org_id      = "1234"
  destination = "storage.googleapis.com/org-logs"
}

resource "google_logging_project_bucket_config" "audit" {
  project        = "shop"
  location       = "global"
  retention_days = 400
  bucket_id      = "audit"
  locked         = false # expect
}

resource "google_storage_bucket" "auditbucket_lock" {
  name     = "shop-audit-logs"
  location = "EU"
  retention_policy {
    is_locked        = false # expect
    retention_period = 31536000
  }
}

resource "google_storage_bucket" "auditbucket_none" { # expect
  name     = "shop-audit-logs"
  location = "EU"
}
