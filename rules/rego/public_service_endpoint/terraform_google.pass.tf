resource "google_compute_instance" "vm_serial" {
  name         = "x"
  machine_type = "e2-small"
  boot_disk {
    initialize_params { image = "debian" }
  }
  metadata = { serial-port-enable = "FALSE" }
}

resource "google_compute_instance_template" "vm_serial_bool" {
  name         = "x"
  machine_type = "e2-small"
  boot_disk {
    initialize_params { image = "debian" }
  }
  metadata = { serial-port-enable = false }
}

resource "google_compute_project_metadata" "proj_serial" {
  metadata = { serial-port-enable = "false" }
}

resource "google_compute_project_metadata_item" "proj_serial_item" {
  key   = "serial-port-enable"
  value = "FALSE"
}

resource "google_cloudfunctions_function" "fn_ingress" {
  name             = "f"
  runtime          = "x"
  trigger_http     = true
  ingress_settings = "ALLOW_INTERNAL_ONLY"
}

resource "google_cloudfunctions2_function" "fn2_ingress" {
  name = "f"
  service_config { ingress_settings = "ALLOW_INTERNAL_AND_GCLB" }
}

resource "google_cloud_run_v2_service" "run2_ingress" {
  name     = "f"
  location = "l"
  ingress  = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
}

resource "google_cloud_run_service" "run_ingress" {
  name     = "f"
  location = "l"
  metadata {
    annotations = {
      "run.googleapis.com/ingress" = "internal"
    }
  }
}

resource "google_composer_environment" "composer_pub" {
  name = "c"
  config {
    private_environment_config { enable_private_endpoint = true }
  }
}

resource "google_composer_environment" "composer_web" {
  name = "c"
  config {
    web_server_network_access_control {
      allowed_ip_range { value = "203.0.113.0/29" }
    }
  }
}

resource "google_vertex_ai_index_endpoint" "vertex_index" {
  display_name            = "v"
  public_endpoint_enabled = false
}

resource "google_looker_instance" "looker_pub" {
  name               = "looker"
  public_ip_enabled  = false
  private_ip_enabled = true
}

resource "google_workstations_workstation_cluster" "ws_endpoint" {
  workstation_cluster_id = "w"
  private_cluster_config { enable_private_endpoint = true }
}

resource "google_access_context_manager_access_level" "acm_level" {
  name  = "l"
  title = "t"
  basic {
    conditions { ip_subnetworks = ["203.0.113.0/29"] }
  }
}

resource "google_access_context_manager_service_perimeter" "perimeter" {
  parent = "p"
  name   = "n"
  title  = "t"
  status {
    ingress_policies {
      ingress_from {
        identity_type = "ANY_SERVICE_ACCOUNT"
        sources {
          access_level = "*"
        }
      }
    }
  }
}

resource "google_access_context_manager_access_levels" "levels" {
  parent = "p"
  access_levels {
    name  = "l"
    title = "t"
    basic {
      conditions {
        ip_subnetworks = ["203.0.113.0/29"]
      }
    }
  }
}

resource "google_access_context_manager_access_level" "kept_out" {
  name = "l"
  basic {
    conditions {
      negate         = true
      ip_subnetworks = ["192.0.0.0/4"]
    }
  }
}
