resource "google_storage_bucket" "receipts" { # expect
  name     = "receipts"
  location = "EU"
}

resource "google_storage_bucket_iam_member" "all" {
  bucket = google_storage_bucket.receipts.name
  role   = "roles/storage.objectViewer"
  member = "allUsers" # expect
}

resource "google_storage_bucket_iam_binding" "accounts" {
  bucket  = "exports"
  role    = "roles/storage.admin"
  members = ["allAuthenticatedUsers"] # expect
}

data "google_iam_policy" "open" {
  binding {
    role = "roles/storage.objectViewer"
    members = [
      "group:finance@example.com",
      "allUsers", # expect
    ]
  }
}

resource "google_storage_bucket_iam_policy" "open" {
  bucket      = "exports"
  policy_data = data.google_iam_policy.open.policy_data
}

resource "google_bigquery_table_iam_policy" "written" {
  dataset_id  = "d"
  table_id    = "t"
  policy_data = jsonencode({ bindings = [{ role = "roles/bigquery.dataViewer", members = ["allUsers"] }] }) # expect
}

resource "google_storage_bucket_acl" "canned" {
  bucket         = google_storage_bucket.receipts.name
  predefined_acl = "publicRead" # expect
}

resource "google_storage_default_object_acl" "listed" {
  bucket      = google_storage_bucket.receipts.name
  role_entity = ["OWNER:user-a@example.com", "READER:allUsers"] # expect
}

resource "google_storage_object_access_control" "one" {
  bucket = google_storage_bucket.receipts.name
  object = "a.csv"
  role   = "READER"
  entity = "allAuthenticatedUsers" # expect
}

resource "google_storage_bucket" "undecided" {
  name                     = "undecided"
  location                 = "EU"
  public_access_prevention = "inherited" # expect
}

resource "google_bigquery_dataset" "sales" {
  dataset_id = "sales"

  access {
    role          = "READER"
    special_group = "allAuthenticatedUsers" # expect
  }

  access {
    role          = "OWNER"
    special_group = "projectOwners"
  }
}

resource "google_bigquery_dataset_access" "sales" {
  dataset_id = "sales"
  role       = "READER"
  iam_member = "allUsers" # expect
}

resource "google_compute_image_iam_member" "image" {
  image  = "golden"
  role   = "roles/compute.imageUser"
  member = "allAuthenticatedUsers" # expect
}

resource "google_artifact_registry_repository_iam_member" "images" {
  repository = "images"
  role       = "roles/artifactregistry.reader"
  member     = "allUsers" # expect
}

resource "google_pubsub_topic_iam_binding" "orders" {
  topic   = "orders"
  role    = "roles/pubsub.publisher"
  members = ["allUsers"] # expect
}

resource "google_secret_manager_secret_iam_member" "psp" {
  secret_id = "psp-key"
  role      = "roles/secretmanager.secretAccessor"
  member    = "allUsers" # expect
}

resource "google_storage_bucket_acl" "gcs_acl4" {
  bucket      = "b"
  default_acl = "publicRead" # expect
}
