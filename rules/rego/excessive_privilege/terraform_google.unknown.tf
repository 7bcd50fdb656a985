variable "role" { type = string }

resource "google_project_iam_member" "ci" {
  project = "shop"
  role    = var.role
  member  = "serviceAccount:ci@shop.iam.gserviceaccount.com"
}
