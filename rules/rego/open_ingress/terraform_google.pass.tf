resource "google_compute_firewall" "web" {
  name          = "web"
  network       = "default"
  source_ranges = ["0.0.0.0/0"]

  allow {
    protocol = "tcp"
    ports    = ["80", "443", "8443"]
  }
  allow { protocol = "icmp" }
}

resource "google_compute_firewall" "ssh_from_tunnel" {
  name          = "ssh"
  network       = "default"
  source_ranges = ["35.235.240.0/20"]

  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_firewall" "by_tag" {
  name        = "internal"
  network     = "default"
  source_tags = ["app"]

  allow { protocol = "all" }
}

resource "google_compute_firewall" "blocked" {
  name          = "blocked"
  network       = "default"
  source_ranges = ["0.0.0.0/0"]

  deny { protocol = "all" }
}

resource "google_compute_firewall" "switched_off" {
  name          = "off"
  network       = "default"
  disabled      = true
  source_ranges = ["0.0.0.0/0"]

  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_firewall" "out" {
  name               = "out"
  network            = "default"
  direction          = "EGRESS"
  destination_ranges = ["0.0.0.0/0"]

  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_network_firewall_policy_rule" "inspected_further" {
  firewall_policy = "network-policy"
  priority        = 100
  action          = "goto_next"
  direction       = "INGRESS"

  match {
    src_ip_ranges = ["0.0.0.0/0"]
    layer4_configs {
      ip_protocol = "all"
    }
  }
}

resource "google_compute_network_firewall_policy_rule" "https" {
  firewall_policy = "network-policy"
  priority        = 200
  action          = "allow"
  direction       = "INGRESS"

  match {
    src_ip_ranges = ["0.0.0.0/0"]
    layer4_configs {
      ip_protocol = "tcp"
      ports       = ["443"]
    }
  }
}

resource "google_compute_firewall" "fw_nosource" {
  name    = "x"
  network = "cde"
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
  source_tags = ["bastion"]
}

resource "google_compute_firewall" "fw_emptysource" {
  name    = "x"
  network = "cde"
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
  source_ranges = ["10.0.0.0/8"]
}
