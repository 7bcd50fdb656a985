variable "k" {}
variable "s" {}
variable "t" {}

resource "google_compute_instance" "vm_meta_secret" {
  name         = "x"
  machine_type = "e2-small"
  boot_disk {
    initialize_params { image = "debian" }
  }
  metadata = { db_password = "projects/p/secrets/db" }
}

resource "google_compute_project_metadata_item" "proj_meta_item" {
  key   = "db_password"
  value = "projects/p/secrets/s"
}

resource "google_compute_instance" "container_decl" {
  name         = "x"
  machine_type = "e2-small"
  boot_disk {
    initialize_params { image = "debian" }
  }
  metadata = { gce-container-declaration = <<-EOT
spec:
  containers:
    - image: x
      env:
        - name: DB_PASSWORD
          value: $(X)
EOT
  }
}

resource "google_compute_disk" "disk_rawkey" {
  name = "d"
  disk_encryption_key {
    raw_key = var.k
  }
}

resource "google_compute_instance" "vm_rawkey" {
  name = "d"
  boot_disk {
    disk_encryption_key_raw = var.k
  }
}

resource "google_compute_vpn_tunnel" "vpn_secret" {
  name          = "t"
  peer_ip       = "203.0.113.9"
  shared_secret = var.s
}

resource "google_compute_router_peer" "router_md5" {
  name   = "t"
  router = "r"
  md5_authentication_key {
    name = "k"
    key  = var.s
  }
}

resource "google_secret_manager_secret_version" "sm_version" {
  secret      = "s"
  secret_data = var.s
}

resource "google_secret_manager_secret_version" "sm_version_json" {
  secret      = "s"
  secret_data = jsonencode({ password = "${var.s}" })
}

resource "google_secret_manager_regional_secret_version" "sm_region_version" {
  secret      = "s"
  secret_data = var.s
}

resource "google_cloudfunctions_function" "fn_env" {
  name    = "f"
  runtime = "python312"
  environment_variables = {
    DB_PASSWORD = "projects/p/secrets/db"
  }
}

resource "google_cloudfunctions_function" "fn_buildenv" {
  name    = "f"
  runtime = "python312"
  build_environment_variables = {
    NPM_TOKEN = "${var.t}"
  }
}

resource "google_cloudfunctions2_function" "fn2_env" {
  name = "f"
  service_config {
    environment_variables = {
      DB_PASSWORD = "${var.t}"
    }
  }
}

resource "google_cloudfunctions2_function" "fn2_buildenv" {
  name = "f"
  build_config {
    environment_variables = {
      API_KEY = "${var.t}"
    }
  }
}

resource "google_cloud_run_service" "run_env" {
  name = "f"
  template {
    spec {
      containers {
        image = "i"
        env {
          name = "DB_PASSWORD"
          value_from {
            secret_key_ref {
              name = "db"
              key  = "latest"
            }
          }
        }
      }
    }
  }
}

resource "google_cloud_run_v2_service" "run2_env" {
  name = "f"
  template {
    containers {
      image = "i"
      env {
        name  = "DB_PASSWORD"
        value = var.t
      }
    }
  }
}

resource "google_cloud_run_v2_job" "run2job_env" {
  name = "f"
  template {
    template {
      containers {
        image = "i"
        env {
          name  = "DB_PASSWORD"
          value = var.t
        }
      }
    }
  }
}

resource "google_cloud_run_v2_worker_pool" "run2wp_env" {
  name = "f"
  template {
    containers {
      image = "i"
      env {
        name  = "DB_PASSWORD"
        value = var.t
      }
    }
  }
}

resource "google_app_engine_standard_app_version" "gae_env" {
  service = "s"
  runtime = "python312"
  env_variables = {
    DB_PASSWORD = "${var.t}"
  }
}

resource "google_app_engine_flexible_app_version" "gaeflex_env" {
  service = "s"
  runtime = "python"
  env_variables = {
    DB_PASSWORD = "${var.t}"
  }
}

resource "google_composer_environment" "composer_env" {
  name = "c"
  config {
    software_config {
      env_variables = {
        DB_PASSWORD = "${var.t}"
      }
    }
  }
}

resource "google_dataflow_job" "dataflow_param" {
  name             = "d"
  ip_configuration = "WORKER_IP_PRIVATE"
  parameters = {
    password = "${var.t}"
  }
}

resource "google_cloudbuild_trigger" "build_subst" {
  name = "t"
  substitutions = {
    _DB_PASSWORD = "${var.t}"
  }
}

resource "google_cloudbuild_trigger" "build_env" {
  name = "t"
  build {
    step {
      name = "gcr.io/x"
      env  = ["DB_PASSWORD=$_X"]
    }
  }
}

resource "google_workstations_workstation_config" "ws_env" {
  workstation_config_id = "w"
  container {
    env = {
      API_TOKEN = "${var.t}"
    }
  }
}

resource "google_monitoring_notification_channel" "notif_key" {
  type = "pagerduty"
  sensitive_labels {
    service_key = var.t
  }
}

resource "google_bigquery_data_transfer_config" "bqdt" {
  display_name = "p"
  sensitive_params {
    secret_access_key = var.t
  }
}

resource "google_kms_secret_ciphertext" "kmscipher" {
  crypto_key = "p"
  plaintext  = var.t
}

resource "google_compute_backend_service" "iap_secret" {
  name                  = "b"
  load_balancing_scheme = "INTERNAL_SELF_MANAGED"
  iap {
    oauth2_client_id     = "c"
    oauth2_client_secret = var.t
  }
}

resource "google_compute_backend_service_signed_url_key" "cdn_key" {
  name            = "b"
  backend_service = "s"
  key_value       = var.t
}

resource "google_cloud_scheduler_job" "sched_hdr" {
  name = "j"
  http_target {
    uri = "https://a.example"
    headers = {
      Authorization = "${var.t}"
    }
  }
}

resource "google_workbench_instance" "google_workbench_instance" {
  gce_setup {
    disable_public_ip = true
    metadata          = { API_TOKEN = "${var.t}" }
  }
}

resource "google_workflows_workflow" "google_workflows_workflow" {
  user_env_vars = { API_TOKEN = "${var.t}" }
}

resource "google_dataproc_job" "google_dataproc_job" {
  placement { cluster_name = "c" }
  hadoop_config {
    properties = { "fs.s3a.secret.key" = "${var.t}" }
  }
}

resource "google_cloud_scheduler_job" "sched_hdr2" {
  name = "j"
  http_target {
    uri = "https://a.example"
    headers = {
      "X-Api-Key" = "${var.t}"
    }
  }
}

# Where a secret is kept, and what is only about one.
resource "google_compute_instance" "app" {
  name = "app"

  metadata = {
    db_secret             = "projects/shop/secrets/db/versions/latest"
    db-password-secret-id = "shop-db-password"
    enable-oslogin        = "TRUE"
  }
}

resource "google_cloudfunctions2_function" "paid" {
  name = "paid"

  service_config {
    environment_variables = {
      API_KEY_HEADER = "x-api-key"
      TOKEN_TTL      = "3600"
      TOKEN_URL      = "https://auth.example.com/token"
    }

    secret_environment_variables {
      key     = "PSP_API_KEY"
      secret  = "psp"
      version = "latest"
    }
  }
}

resource "google_cloudbuild_trigger" "deploy" {
  name = "deploy"

  build {
    step {
      name       = "gcr.io/cloud-builders/docker"
      secret_env = ["DB_PASSWORD"]
      env        = ["REGION=europe-west3", "API_TOKEN=$$TOKEN"]
    }
  }
}

resource "google_secret_manager_secret" "account" {
  secret_id = "db-username"
}

resource "google_secret_manager_secret_version" "account" {
  secret      = google_secret_manager_secret.account.id
  secret_data = "payments_app"
}

resource "google_secret_manager_secret_version" "literal" {
  secret      = "projects/p/secrets/db-host"
  secret_data = "db.acme.example"
}

resource "google_secret_manager_secret_version" "authority" {
  secret      = "server-ca"
  secret_data = <<-PEM
  -----BEGIN CERTIFICATE-----
  MIIBszCCAVmgAwIBAgIUQ5nR0a1
  -----END CERTIFICATE-----
  PEM
}

resource "google_secret_manager_secret_version" "mailbox" {
  secret      = "mail-from"
  secret_data = "noreply@acme.example"
}
