resource "google_compute_firewall" "fw_wide_other" {
  name    = "x"
  network = "cde"
  allow {
    protocol = "tcp"
    ports    = ["8443"]
  }
  source_ranges = ["64.0.0.0/3"] # expect
}

resource "google_compute_firewall" "fw_wide_172" {
  name    = "x"
  network = "cde"
  allow {
    protocol = "tcp"
    ports    = ["8443"]
  }
  source_ranges = ["172.0.0.0/8"] # expect
}

resource "google_compute_firewall" "fw_wide_v6" {
  name    = "x"
  network = "cde"
  allow {
    protocol = "tcp"
    ports    = ["8443"]
  }
  source_ranges = ["2000::/3"] # expect
}
