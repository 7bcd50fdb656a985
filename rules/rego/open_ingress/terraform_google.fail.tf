resource "google_compute_firewall" "ssh" {
  name          = "ssh"
  network       = "default"
  source_ranges = ["10.0.0.0/8", "0.0.0.0/0"] # expect

  allow {
    protocol = "tcp"
    ports    = ["443", "20-25"]
  }
}

resource "google_compute_firewall" "everything" {
  name          = "everything"
  network       = "default"
  direction     = "INGRESS"
  source_tags   = ["web"]
  source_ranges = ["::/0"] # expect

  allow { protocol = "all" }
}

resource "google_compute_firewall" "no_ports_is_all_ports" {
  name    = "tcp"
  network = "default"
  source_ranges = [
    "0.0.0.0/0", # expect
  ]

  allow { protocol = "icmp" }
  allow { protocol = "6" }
}

resource "google_compute_firewall" "all_ports" {
  name          = "udp"
  network       = "default"
  source_ranges = ["0.0.0.0/0"] # expect
  disabled      = false

  allow {
    protocol = "udp"
    ports    = ["0-65535"]
  }
}

resource "google_compute_firewall_policy_rule" "rdp" {
  firewall_policy = "folder-policy"
  priority        = 100
  action          = "allow"
  direction       = "INGRESS"

  match {
    src_ip_ranges = ["0.0.0.0/0"] # expect
    layer4_configs {
      ip_protocol = "tcp"
      ports       = [3389]
    }
  }
}

resource "google_compute_network_firewall_policy_rule" "postgres" {
  firewall_policy = "network-policy"
  priority        = 100
  action          = "allow"
  direction       = "INGRESS"

  match {
    src_ip_ranges = ["0.0.0.0/0"] # expect
    layer4_configs {
      ip_protocol = "tcp"
      ports       = ["5000-6000"]
    }
  }
}

resource "google_compute_region_network_firewall_policy_rule" "any" {
  firewall_policy = "regional-policy"
  region          = "europe-west1"
  priority        = 100
  action          = "allow"
  direction       = "INGRESS"

  match {
    src_ip_ranges = ["0.0.0.0/0"] # expect
    layer4_configs {
      ip_protocol = "all"
    }
  }
}

resource "google_compute_organization_security_policy_rule" "old" {
  policy_id = "policy"
  priority  = 100
  action    = "allow"

  match {
    config {
      src_ip_ranges = ["0.0.0.0/0"] # expect
      layer4_config {
        ip_protocol = "tcp"
        ports       = ["22"]
      }
    }
  }
}

resource "google_compute_network_firewall_policy_with_rules" "many" {
  name = "many"

  rule {
    priority  = 1
    action    = "deny"
    direction = "INGRESS"
    match {
      src_ip_ranges = ["0.0.0.0/0"]
      layer4_config {
        ip_protocol = "all"
      }
    }
  }

  rule {
    priority  = 2
    action    = "allow"
    direction = "INGRESS"
    match {
      src_ip_ranges = ["0.0.0.0/0"] # expect
      layer4_config {
        ip_protocol = "tcp"
        ports       = ["6379"]
      }
    }
  }
}

resource "google_compute_firewall" "fw_nosource" { # expect
  name    = "x"
  network = "cde"
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_firewall" "fw_emptysource" {
  name    = "x"
  network = "cde"
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
  source_ranges = [] # expect
}
