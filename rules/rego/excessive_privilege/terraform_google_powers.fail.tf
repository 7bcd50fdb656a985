resource "google_container_node_pool" "np_meta" {
  cluster = "c"
  node_config {
    workload_metadata_config {
      mode = "GCE_METADATA" # expect
    }
  }
}

resource "google_container_node_pool" "np_meta_old" {
  cluster = "c"
  node_config {
    workload_metadata_config {
      node_metadata = "EXPOSE" # expect
    }
  }
}

resource "google_container_cluster" "gke_meta" {
  name = "c"
  node_config {
    workload_metadata_config {
      mode = "GCE_METADATA" # expect
    }
  }
}

resource "google_container_node_pool" "np_legacy_endpoints" {
  cluster = "c"
  node_config {
    metadata = {
      disable-legacy-endpoints = "false" # expect
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
      value = "on" # expect
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
      value = "on" # expect
    }
  }
}

resource "google_project_iam_member" "iam_iam_serviceAccountAdmin" {
  project = "p"
  role    = "roles/iam.serviceAccountAdmin" # expect
  member  = "serviceAccount:app@p.iam.gserviceaccount.com"
}

resource "google_project_iam_member" "iam_resourcemanager_projectIamAdmin" {
  project = "p"
  role    = "roles/resourcemanager.projectIamAdmin" # expect
  member  = "serviceAccount:app@p.iam.gserviceaccount.com"
}

resource "google_organization_iam_member" "iam_org_admin" {
  org_id = "1"
  role   = "roles/resourcemanager.organizationAdmin" # expect
  member = "serviceAccount:app@p.iam.gserviceaccount.com"
}

resource "google_project_iam_custom_role" "iam_customrole" {
  role_id     = "r"
  title       = "t"
  permissions = ["*"] # expect
}

resource "google_project_iam_custom_role" "iam_customrole_set" {
  role_id     = "r"
  title       = "t"
  permissions = ["resourcemanager.projects.setIamPolicy"] # expect
}

resource "google_service_account_iam_member" "iam_bucket_admin_pr" {
  service_account_id = "s"
  role               = "roles/iam.workloadIdentityUser" # expect
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.iam_bucket_admin_pr_p.name}/*"
}
resource "google_iam_workload_identity_pool" "iam_bucket_admin_pr_p" { workload_identity_pool_id = "gh" }
resource "google_iam_workload_identity_pool_provider" "iam_bucket_admin_pr_q" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.iam_bucket_admin_pr_p.workload_identity_pool_id
  workload_identity_pool_provider_id = "gh"
  oidc { issuer_uri = "https://token.actions.githubusercontent.com" }
  attribute_mapping = { "google.subject" = "assertion.sub" }
}

resource "google_apikeys_key" "apikey" { # expect
  name = "k"
}

resource "google_apikeys_key" "apikey_browser" {
  name = "k"
  restrictions { # expect
    browser_key_restrictions {
      allowed_referrers = ["example.com"]
    }
  }
}

resource "google_service_account_iam_binding" "pooled" {
  service_account_id = "s"
  role               = "roles/iam.workloadIdentityUser" # expect
  members            = ["principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.iam_bucket_admin_pr_p.name}/*"]
}
