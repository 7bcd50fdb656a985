resource "google_project" "payments" {
  name                = "payments"
  project_id          = "payments"
  auto_create_network = false
}

resource "google_project" "orgpolicy_defaultnet_p" {
  name       = "p"
  project_id = "p"
}
resource "google_org_policy_policy" "orgpolicy_defaultnet" {
  name   = "projects/p/policies/compute.skipDefaultNetworkCreation"
  parent = "projects/p"
  spec {
    rules { enforce = "TRUE" }
  }
}
