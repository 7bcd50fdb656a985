resource "google_compute_firewall" "fw_log" {
  name           = "x"
  network        = "cde"
  enable_logging = true
  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
  source_ranges = ["10.0.0.0/8"]
}

resource "google_compute_network_firewall_policy_rule" "fwp_log" {
  firewall_policy = "p"
  enable_logging  = true
  action          = "allow"
  direction       = "INGRESS"
  priority        = 1000
  match {
    src_ip_ranges = ["10.0.0.0/8"]
    layer4_configs {
      ip_protocol = "all"
    }
  }
}

resource "google_container_cluster" "gke_intranode" {
  name                        = "c"
  enable_intranode_visibility = true
}

resource "google_logging_project_sink" "sink_disabled" {
  name        = "s"
  destination = "storage.googleapis.com/l"
  disabled    = false
}

resource "google_logging_project_sink" "sink_excl" {
  name        = "s"
  destination = "storage.googleapis.com/l"
  exclusions {
    name   = "e"
    filter = "resource.type=k8s_container"
  }
}

resource "google_logging_billing_account_exclusion" "excl" {
  name            = "s"
  billing_account = "b"
  filter          = "resource.type=k8s_container"
}

resource "google_compute_router_nat" "nat_log" {
  name   = "n"
  router = "r"
  log_config {
    enable = true
    filter = "ALL"
  }
}

resource "google_dns_policy" "dns_log" {
  name           = "n"
  enable_logging = true
}

resource "google_data_fusion_instance" "datafusion_log" {
  name                       = "n"
  type                       = "BASIC"
  private_instance           = true
  enable_stackdriver_logging = true
}

resource "google_compute_network_firewall_policy_rule" "hands_on" {
  action         = "goto_next"
  direction      = "INGRESS"
  enable_logging = false
}
