resource "google_container_cluster" "gke_pubnodes" {
  name = "c"
  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = true
    master_ipv4_cidr_block  = "172.16.0.0/28"
  }
}

resource "google_container_cluster" "gke_pubnodes_false" {
  name = "c"
  private_cluster_config {
    enable_private_nodes = true
  }
}

resource "google_container_node_pool" "np_pubnodes_false" {
  cluster = "c"
  network_config {
    enable_private_nodes = true
  }
}

resource "google_org_policy_policy" "orgpol_extip" {
  name   = "projects/p/policies/compute.vmExternalIpAccess"
  parent = "projects/p"
  spec {
    rules { deny_all = "TRUE" }
  }
}

resource "google_dataflow_flex_template_job" "dataflowflex_pub" {
  name             = "j"
  ip_configuration = "WORKER_IP_PRIVATE"
}

resource "google_notebooks_runtime" "notebookrt_pub" {
  name = "j"
  virtual_machine {
    virtual_machine_config {
      internal_ip_only = true
    }
  }
}

resource "google_data_fusion_instance" "datafusion_pub" {
  name             = "j"
  type             = "BASIC"
  private_instance = true
}

resource "google_cloudbuild_worker_pool" "cb_pool" {
  name = "j"
  worker_config { no_external_ip = true }
}

resource "google_workstations_workstation_config" "ws_pub" {
  workstation_config_id = "w"
  host {
    gce_instance {
      disable_public_ip_addresses = true
    }
  }
}

resource "google_container_cluster" "np_private" {
  name                     = "c"
  remove_default_node_pool = true
  initial_node_count       = 1
}
resource "google_container_node_pool" "np_private_n" {
  cluster = google_container_cluster.np_private.name
  network_config {
    enable_private_nodes = true
  }
}
