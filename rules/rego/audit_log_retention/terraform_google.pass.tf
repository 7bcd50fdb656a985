resource "google_logging_project_bucket_config" "audit" {
  project        = "shop"
  location       = "global"
  retention_days = 400
  bucket_id      = "audit"
}

# Google keeps this one for 400 days.
resource "google_logging_project_bucket_config" "required" {
  project   = "shop"
  location  = "global"
  bucket_id = "_Required"
}

resource "google_storage_bucket" "logs" {
  name     = "shop-logs"
  location = "EU"

  retention_policy {
    retention_period = 31536000
    is_locked        = true
  }

  lifecycle_rule {
    action {
      type          = "SetStorageClass"
      storage_class = "ARCHIVE"
    }
    condition {
      age = 90
    }
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age        = 30
      with_state = "ARCHIVED"
    }
  }
}

resource "google_logging_project_sink" "logs" {
  name        = "logs"
  destination = "storage.googleapis.com/shop-logs"
}

# Holds no logs.
resource "google_storage_bucket" "scratch" {
  name     = "scratch"
  location = "EU"

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age = 7
    }
  }
}

resource "google_storage_bucket" "auditbucket_period" {
  name     = "shop-audit-logs"
  location = "EU"
  retention_policy {
    is_locked        = true
    retention_period = 31536000
  }
}

resource "google_storage_bucket" "auditbucket_age" {
  name     = "shop-audit-logs"
  location = "EU"
  retention_policy {
    is_locked        = true
    retention_period = 31536000
  }
  lifecycle_rule {
    action { type = "Delete" }
    condition { age = 400 }
  }
}
