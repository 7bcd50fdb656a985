resource "google_compute_firewall" "fw_wide_other" {
  name    = "x"
  network = "cde"
  allow {
    protocol = "tcp"
    ports    = ["8443"]
  }
  source_ranges = ["10.0.0.0/8"]
}

resource "google_compute_firewall" "fw_wide_172" {
  name    = "x"
  network = "cde"
  allow {
    protocol = "tcp"
    ports    = ["8443"]
  }
  source_ranges = ["172.16.0.0/12"]
}

resource "google_compute_firewall" "fw_wide_v6" {
  name    = "x"
  network = "cde"
  allow {
    protocol = "tcp"
    ports    = ["8443"]
  }
  source_ranges = ["2001:db8:12::/48"]
}
