resource "google_service_account" "app" {
  account_id = "app"
}

resource "google_storage_bucket" "exports" {
  name                        = "exports"
  location                    = "EU"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
}

# Refused by the bucket.
resource "google_storage_bucket_iam_member" "refused" {
  bucket = google_storage_bucket.exports.name
  role   = "roles/storage.objectViewer"
  member = "allUsers"
}

resource "google_storage_bucket_acl" "void" {
  bucket         = google_storage_bucket.exports.name
  predefined_acl = "publicRead"
}

resource "google_storage_bucket_iam_member" "app" {
  bucket = google_storage_bucket.exports.name
  role   = "roles/storage.objectViewer"
  member = "serviceAccount:${google_service_account.app.email}"
}

resource "google_storage_bucket_iam_binding" "app" {
  bucket  = google_storage_bucket.exports.name
  role    = "roles/storage.objectCreator"
  members = [google_service_account.app.member, "domain:example.com"]
}

resource "google_storage_bucket_acl" "private" {
  bucket         = "old"
  predefined_acl = "projectPrivate"
}

resource "google_storage_bucket_acl" "owners" {
  bucket      = "old"
  role_entity = ["OWNER:project-owners-1234", "READER:group-finance@example.com"]
}

resource "google_bigquery_dataset" "sales" {
  dataset_id = "sales"

  access {
    role          = "OWNER"
    special_group = "projectOwners"
  }

  access {
    role   = "READER"
    domain = "example.com"
  }
}

# Whoever may call a service reads no storage by it.
resource "google_cloud_run_service_iam_member" "shop" {
  service = "shop"
  role    = "roles/run.invoker"
  member  = "allUsers"
}

resource "google_storage_bucket_acl" "gcs_acl4" {
  bucket      = "b"
  default_acl = "private"
}
