resource "google_project_iam_member" "ci" {
  project = "shop"
  role    = "roles/editor" # expect
  member  = "serviceAccount:ci@shop.iam.gserviceaccount.com"
}

resource "google_folder_iam_binding" "team" {
  folder  = "folders/1234"
  role    = "roles/owner" # expect
  members = ["group:team@example.com"]
}

data "google_iam_policy" "org" {
  binding {
    role    = "roles/owner" # expect
    members = ["user:a@example.com"]
  }
}

resource "google_organization_iam_policy" "org" {
  org_id      = "1234"
  policy_data = data.google_iam_policy.org.policy_data
}

resource "google_project_iam_member" "acts_as_all" {
  project = "shop"
  role    = "roles/iam.serviceAccountTokenCreator" # expect
  member  = "group:dev@example.com"
}

resource "google_project_iam_member" "anybody" {
  project = "shop"
  role    = "roles/browser"
  member  = "allAuthenticatedUsers" # expect
}

resource "google_compute_instance" "web" {
  name         = "web"
  machine_type = "e2-small"

  service_account {
    scopes = ["cloud-platform"] # expect
  }
}

data "google_compute_default_service_account" "default" {}

resource "google_compute_instance_template" "web" {
  machine_type = "e2-small"

  service_account {
    email  = data.google_compute_default_service_account.default.email
    scopes = ["https://www.googleapis.com/auth/cloud-platform"] # expect
  }
}

resource "google_container_node_pool" "nodes" {
  cluster = "shop"

  node_config {
    oauth_scopes = ["https://www.googleapis.com/auth/cloud-platform"] # expect
  }
}

resource "google_container_cluster" "old" {
  name               = "old"
  enable_legacy_abac = true # expect
}

resource "google_service_account_iam_binding" "anybody" {
  service_account_id = "projects/shop/serviceAccounts/app@shop.iam.gserviceaccount.com"
  role               = "roles/iam.serviceAccountTokenCreator"
  members            = ["allAuthenticatedUsers"] # expect
}

resource "google_project_iam_member" "iam_editor_googleapis" {
  project = "p"
  role    = "roles/editor" # expect
  member  = "serviceAccount:app@p.iam.gserviceaccount.com"
}

resource "google_project_iam_member" "iam_iam_serviceAccountKeyAdmin" {
  project = "p"
  role    = "roles/iam.serviceAccountKeyAdmin" # expect
  member  = "serviceAccount:app@p.iam.gserviceaccount.com"
}

resource "google_project_iam_member" "iam_iam_workloadIdentityUser" {
  project = "p"
  role    = "roles/iam.workloadIdentityUser" # expect
  member  = "serviceAccount:app@p.iam.gserviceaccount.com"
}
