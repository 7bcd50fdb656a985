resource "google_logging_project_bucket_config" "default" { # expect
  project   = "shop"
  location  = "global"
  bucket_id = "_Default"
}

resource "google_logging_organization_bucket_config" "short" {
  organization   = "1234"
  location       = "global"
  retention_days = 90 # expect
  bucket_id      = "_Default"
}

resource "google_storage_bucket" "logs" {
  name     = "shop-logs"
  location = "EU"

  retention_policy {
    retention_period = 2592000 # expect
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age = 60 # expect
    }
  }
}

resource "google_logging_project_sink" "logs" {
  name        = "logs"
  destination = "storage.googleapis.com/${google_storage_bucket.logs.name}"
}

resource "google_bigquery_dataset" "logs" {
  dataset_id                  = "logs"
  default_table_expiration_ms = 7776000000 # expect
}

resource "google_logging_folder_sink" "logs" {
  name        = "logs"
  folder      = "folders/1234"
  destination = "bigquery.googleapis.com/projects/shop/datasets/${google_bigquery_dataset.logs.dataset_id}"
}

resource "google_storage_bucket" "auditbucket_period" {
  name     = "shop-audit-logs"
  location = "EU"
  retention_policy {
    is_locked        = true
    retention_period = 2592000 # expect
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
    condition { age = 90 } # expect
  }
}
