resource "google_project" "payments" {
  name                = "payments"
  project_id          = "payments"
  auto_create_network = false
}
