resource "google_project" "payments" { # expect
  name       = "payments"
  project_id = "payments"
}

resource "google_project" "fraud" {
  name                = "fraud"
  project_id          = "fraud"
  auto_create_network = true # expect
}
