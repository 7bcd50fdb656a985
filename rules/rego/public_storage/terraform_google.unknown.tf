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
