resource "google_project" "payments" { # expect
  name       = "payments"
  project_id = "payments"
}
