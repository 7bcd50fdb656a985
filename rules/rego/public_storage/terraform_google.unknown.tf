variable "reader" { type = string }

resource "google_storage_bucket_iam_member" "reader" {
  bucket = "exports"
  role   = "roles/storage.objectViewer"
  member = var.reader
}

data "terraform_remote_state" "policies" {
  backend = "gcs"
}

resource "google_storage_bucket_iam_policy" "elsewhere" {
  bucket      = "exports"
  policy_data = data.terraform_remote_state.policies.outputs.exports
}

variable "prevention" { type = string }

resource "google_storage_bucket" "maybe" {
  name                     = "maybe"
  location                 = "EU"
  public_access_prevention = var.prevention
}

resource "google_storage_bucket_iam_member" "all" {
  bucket = google_storage_bucket.maybe.name
  role   = "roles/storage.objectViewer"
  member = "allUsers"
}

resource "google_storage_bucket_acl" "all" {
  bucket         = google_storage_bucket.maybe.name
  predefined_acl = "publicRead"
}
