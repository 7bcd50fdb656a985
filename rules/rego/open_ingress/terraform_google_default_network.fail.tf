resource "google_project" "payments" { # expect
  name       = "payments"
  project_id = "payments"
}

resource "google_project" "fraud" {
  name                = "fraud"
  project_id          = "fraud"
  auto_create_network = true # expect
}

resource "google_project" "orgpolicy_defaultnet_p" { # expect
  name       = "p"
  project_id = "p"
}
resource "google_org_policy_policy" "orgpolicy_defaultnet" {
  name   = "projects/p/policies/compute.skipDefaultNetworkCreation"
  parent = "projects/p"
  spec {
    rules { enforce = "FALSE" } # expect
  }
}
