resource "google_project" "payments" {
  name       = "payments"
  project_id = "payments"
}

resource "google_project_iam_audit_config" "payments" {
  project = google_project.payments.project_id
  service = "allServices"

  audit_log_config {
    log_type = "DATA_READ"
  }

  audit_log_config {
    log_type = "DATA_WRITE"
  }
}
