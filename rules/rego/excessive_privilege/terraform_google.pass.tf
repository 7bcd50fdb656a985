resource "google_service_account" "app" {
  account_id = "app"
}

resource "google_project_iam_member" "app" {
  project = "shop"
  role    = "roles/cloudsql.client"
  member  = "serviceAccount:${google_service_account.app.email}"
}

resource "google_project_iam_member" "auditor" {
  project = "shop"
  role    = "roles/viewer"
  member  = "group:audit@example.com"
}

# On one account, not on all.
resource "google_service_account_iam_member" "deployer" {
  service_account_id = google_service_account.app.name
  role               = "roles/iam.serviceAccountUser"
  member             = "serviceAccount:ci@shop.iam.gserviceaccount.com"
}

# The scope is wide, the account is not: its roles decide.
resource "google_compute_instance" "app" {
  name         = "app"
  machine_type = "e2-small"

  service_account {
    email  = google_service_account.app.email
    scopes = ["cloud-platform"]
  }
}

resource "google_compute_instance" "narrow" {
  name         = "narrow"
  machine_type = "e2-small"

  service_account {
    scopes = ["logging-write", "monitoring-write"]
  }
}

resource "google_compute_instance" "nobody" {
  name         = "nobody"
  machine_type = "e2-small"
}

resource "google_container_node_pool" "nodes" {
  cluster = "shop"

  node_config {
    service_account = google_service_account.app.email
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
  }
}

resource "google_container_cluster" "shop" {
  name               = "shop"
  enable_legacy_abac = false
}

resource "google_project_iam_member" "iam_editor_googleapis" {
  project = "p"
  role    = "roles/editor"
  member  = "serviceAccount:123@cloudservices.gserviceaccount.com"
}

resource "google_project_iam_member" "iam_iam_serviceAccountKeyAdmin" {
  project = "p"
  role    = "roles/logging.logWriter"
  member  = "serviceAccount:app@p.iam.gserviceaccount.com"
}

resource "google_project_iam_member" "iam_iam_workloadIdentityUser" {
  project = "p"
  role    = "roles/logging.logWriter"
  member  = "serviceAccount:app@p.iam.gserviceaccount.com"
}
