resource "google_container_node_pool" "np_meta" {
  cluster = "c"
  node_config {
    workload_metadata_config {
      mode = "GKE_METADATA"
    }
  }
}

resource "google_container_node_pool" "np_meta_old" {
  cluster = "c"
  node_config {
    workload_metadata_config {
      node_metadata = "GKE_METADATA_SERVER"
    }
  }
}

resource "google_container_cluster" "gke_meta" {
  name = "c"
  node_config {
    workload_metadata_config {
      mode = "GKE_METADATA"
    }
  }
}

resource "google_container_node_pool" "np_legacy_endpoints" {
  cluster = "c"
  node_config {
    metadata = {
      disable-legacy-endpoints = "true"
    }
  }
}

resource "google_sql_database_instance" "sql_flag_crossdb" {
  name             = "d"
  database_version = "SQLSERVER_2019_STANDARD"
  settings {
    tier = "db-g1-small"
    ip_configuration {
      ipv4_enabled    = false
      private_network = "n"
      ssl_mode        = "ENCRYPTED_ONLY"
    }
    database_flags {
      name  = "cross db ownership chaining"
      value = "off"
    }
  }
}

resource "google_sql_database_instance" "sql_flag_ext" {
  name             = "d"
  database_version = "SQLSERVER_2019_STANDARD"
  settings {
    tier = "db-g1-small"
    ip_configuration {
      ipv4_enabled    = false
      private_network = "n"
      ssl_mode        = "ENCRYPTED_ONLY"
    }
    database_flags {
      name  = "external scripts enabled"
      value = "off"
    }
  }
}

resource "google_project_iam_member" "iam_iam_serviceAccountAdmin" {
  project = "p"
  role    = "roles/logging.logWriter"
  member  = "serviceAccount:app@p.iam.gserviceaccount.com"
}

resource "google_project_iam_member" "iam_resourcemanager_projectIamAdmin" {
  project = "p"
  role    = "roles/logging.logWriter"
  member  = "serviceAccount:app@p.iam.gserviceaccount.com"
}

resource "google_organization_iam_member" "iam_org_admin" {
  org_id = "1"
  role   = "roles/browser"
  member = "serviceAccount:app@p.iam.gserviceaccount.com"
}

resource "google_project_iam_custom_role" "iam_customrole" {
  role_id     = "r"
  title       = "t"
  permissions = ["storage.objects.get"]
}

resource "google_project_iam_custom_role" "iam_customrole_set" {
  role_id     = "r"
  title       = "t"
  permissions = ["resourcemanager.projects.get"]
}

resource "google_service_account_iam_member" "iam_bucket_admin_pr" {
  service_account_id = "s"
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.iam_bucket_admin_pr_p.name}/attribute.repository/acme/shop"
}
resource "google_iam_workload_identity_pool" "iam_bucket_admin_pr_p" { workload_identity_pool_id = "gh" }
resource "google_iam_workload_identity_pool_provider" "iam_bucket_admin_pr_q" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.iam_bucket_admin_pr_p.workload_identity_pool_id
  workload_identity_pool_provider_id = "gh"
  oidc { issuer_uri = "https://token.actions.githubusercontent.com" }
  attribute_mapping = { "google.subject" = "assertion.sub" }
}

resource "google_apikeys_key" "apikey" {
  name = "k"
  restrictions {
    api_targets { service = "translate.googleapis.com" }
  }
}

resource "google_apikeys_key" "apikey_browser" {
  name = "k"
  restrictions {
    browser_key_restrictions {
      allowed_referrers = ["example.com"]
    }
    api_targets {
      service = "maps-backend.googleapis.com"
    }
  }
}

# People who look after rights.
resource "google_project_iam_member" "admins" {
  project = "shop"
  role    = "roles/resourcemanager.projectIamAdmin"
  member  = "group:iam-admins@example.com"
}

# Its own pool, which only the company's issuer signs for: the shared one's is another.
resource "google_iam_workload_identity_pool" "company" { workload_identity_pool_id = "company" }
resource "google_iam_workload_identity_pool_provider" "company" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.company.workload_identity_pool_id
  workload_identity_pool_provider_id = "company"
  oidc { issuer_uri = "https://login.acme.example" }
}
resource "google_service_account_iam_member" "company" {
  service_account_id = "s"
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.company.name}/*"
}
resource "google_service_account_iam_binding" "company" {
  service_account_id = "s"
  role               = "roles/iam.workloadIdentityUser"
  members            = ["principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.company.name}/*"]
}
