variable "ingress" { type = string }
variable "caller" { type = string }

resource "google_cloud_run_v2_service" "shop" {
  name     = "shop"
  location = "europe-west1"
  ingress  = var.ingress
}

resource "google_cloud_run_v2_service_iam_member" "shop" {
  name   = google_cloud_run_v2_service.shop.name
  role   = "roles/run.invoker"
  member = "allUsers"
}

resource "google_cloudfunctions_function_iam_member" "refund" {
  cloud_function = "refund"
  role           = "roles/cloudfunctions.invoker"
  member         = var.caller
}
