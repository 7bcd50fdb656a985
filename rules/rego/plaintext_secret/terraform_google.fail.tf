resource "google_compute_instance" "vm_meta_secret" {
  name         = "x"
  machine_type = "e2-small"
  boot_disk {
    initialize_params { image = "debian" }
  }
  metadata = { db_password = "Wq8-tunnel-Lobster" } # expect
}

resource "google_compute_project_metadata_item" "proj_meta_item" {
  key   = "db_password"
  value = "Wq8-tunnel-Lobster" # expect
}

resource "google_compute_instance" "container_decl" {
  name         = "x"
  machine_type = "e2-small"
  boot_disk {
    initialize_params { image = "debian" }
  }
  # expect next
  metadata = { gce-container-declaration = <<-EOT
spec:
  containers:
    - image: x
      env:
        - name: DB_PASSWORD
          value: Wq8-tunnel-Lobster
EOT
  }
}

resource "google_compute_disk" "disk_rawkey" {
  name = "d"
  disk_encryption_key {
    raw_key = "bG9ic3Rlci1sb2JzdGVyLWxvYnN0ZXItbG9ic3Rlcg" # expect
  }
}

resource "google_compute_instance" "vm_rawkey" {
  name = "d"
  boot_disk {
    disk_encryption_key_raw = "bG9ic3Rlci1sb2JzdGVyLWxvYnN0ZXItbG9ic3Rlcg" # expect
  }
}

resource "google_compute_vpn_tunnel" "vpn_secret" {
  name          = "t"
  peer_ip       = "203.0.113.9"
  shared_secret = "Wq8-tunnel-Lobster" # expect
}

resource "google_compute_router_peer" "router_md5" {
  name   = "t"
  router = "r"
  md5_authentication_key {
    name = "k"
    key  = "Wq8-tunnel-Lobster" # expect
  }
}

resource "google_secret_manager_secret_version" "sm_version" {
  secret      = "s"
  secret_data = "Wq8-tunnel-Lobster" # expect
}

resource "google_secret_manager_secret_version" "sm_version_json" {
  secret      = "s"
  secret_data = jsonencode({ password = "Wq8-tunnel-Lobster" }) # expect
}

resource "google_secret_manager_regional_secret_version" "sm_region_version" {
  secret      = "s"
  secret_data = "Wq8-tunnel-Lobster" # expect
}

resource "google_cloudfunctions_function" "fn_env" {
  name    = "f"
  runtime = "python312"
  environment_variables = {
    DB_PASSWORD = "Wq8-tunnel-Lobster" # expect
  }
}

resource "google_cloudfunctions_function" "fn_buildenv" {
  name    = "f"
  runtime = "python312"
  build_environment_variables = {
    NPM_TOKEN = "Wq8-tunnel-Lobster" # expect
  }
}

resource "google_cloudfunctions2_function" "fn2_env" {
  name = "f"
  service_config {
    environment_variables = {
      DB_PASSWORD = "Wq8-tunnel-Lobster" # expect
    }
  }
}

resource "google_cloudfunctions2_function" "fn2_buildenv" {
  name = "f"
  build_config {
    environment_variables = {
      API_KEY = "Wq8-tunnel-Lobster" # expect
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
          name  = "DB_PASSWORD"
          value = "Wq8-tunnel-Lobster" # expect
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
        value = "Wq8-tunnel-Lobster" # expect
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
          value = "Wq8-tunnel-Lobster" # expect
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
        value = "Wq8-tunnel-Lobster" # expect
      }
    }
  }
}

resource "google_app_engine_standard_app_version" "gae_env" {
  service = "s"
  runtime = "python312"
  env_variables = {
    DB_PASSWORD = "Wq8-tunnel-Lobster" # expect
  }
}

resource "google_app_engine_flexible_app_version" "gaeflex_env" {
  service = "s"
  runtime = "python"
  env_variables = {
    DB_PASSWORD = "Wq8-tunnel-Lobster" # expect
  }
}

resource "google_composer_environment" "composer_env" {
  name = "c"
  config {
    software_config {
      env_variables = {
        DB_PASSWORD = "Wq8-tunnel-Lobster" # expect
      }
    }
  }
}

resource "google_dataflow_job" "dataflow_param" {
  name             = "d"
  ip_configuration = "WORKER_IP_PRIVATE"
  parameters = {
    password = "Wq8-tunnel-Lobster" # expect
  }
}

resource "google_cloudbuild_trigger" "build_subst" {
  name = "t"
  substitutions = {
    _DB_PASSWORD = "Wq8-tunnel-Lobster" # expect
  }
}

resource "google_cloudbuild_trigger" "build_env" {
  name = "t"
  build {
    step {
      name = "gcr.io/x"
      env  = ["DB_PASSWORD=Wq8-tunnel-Lobster"] # expect
    }
  }
}

resource "google_workstations_workstation_config" "ws_env" {
  workstation_config_id = "w"
  container {
    env = {
      API_TOKEN = "Wq8-tunnel-Lobster" # expect
    }
  }
}

resource "google_monitoring_notification_channel" "notif_key" {
  type = "pagerduty"
  sensitive_labels {
    service_key = "Wq8-tunnel-Lobster" # expect
  }
}

resource "google_bigquery_data_transfer_config" "bqdt" {
  display_name = "p"
  sensitive_params {
    secret_access_key = "Wq8-tunnel-Lobster" # expect
  }
}

resource "google_kms_secret_ciphertext" "kmscipher" {
  crypto_key = "p"
  plaintext  = "Wq8-tunnel-Lobster" # expect
}

resource "google_compute_backend_service" "iap_secret" {
  name                  = "b"
  load_balancing_scheme = "INTERNAL_SELF_MANAGED"
  iap {
    oauth2_client_id     = "c"
    oauth2_client_secret = "Wq8-tunnel-Lobster" # expect
  }
}

resource "google_compute_backend_service_signed_url_key" "cdn_key" {
  name            = "b"
  backend_service = "s"
  key_value       = "bG9ic3Rlci1sb2JzdGVyLWxv" # expect
}

resource "google_cloud_scheduler_job" "sched_hdr" {
  name = "j"
  http_target {
    uri = "https://a.example"
    headers = {
      Authorization = "Basic bG9ic3RlcjpsdW5jaHRpbWU=" # expect
    }
  }
}

resource "google_workbench_instance" "google_workbench_instance" {
  gce_setup {
    disable_public_ip = true
    metadata          = { API_TOKEN = "Wq8-tunnel-Lobster" } # expect
  }
}

resource "google_workflows_workflow" "google_workflows_workflow" {
  user_env_vars = { API_TOKEN = "Wq8-tunnel-Lobster" } # expect
}

resource "google_dataproc_job" "google_dataproc_job" {
  placement { cluster_name = "c" }
  hadoop_config {
    properties = { "fs.s3a.secret.key" = "Wq8-tunnel-Lobster" } # expect
  }
}

resource "google_cloud_scheduler_job" "sched_hdr2" {
  name = "j"
  http_target {
    uri = "https://a.example"
    headers = {
      "X-Api-Key" = "Wq8-tunnel-Lobster" # expect
    }
  }
}
