resource "google_compute_firewall" "processor" {
  name               = "processor"
  network            = "cards"
  direction          = "EGRESS"
  destination_ranges = ["198.51.100.0/24"]

  allow { protocol = "all" }
}

resource "google_compute_firewall" "web_only" {
  name               = "web"
  network            = "cards"
  direction          = "EGRESS"
  destination_ranges = ["0.0.0.0/0"]

  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}

resource "google_compute_firewall" "nothing_else" {
  name               = "deny"
  network            = "cards"
  direction          = "EGRESS"
  destination_ranges = ["0.0.0.0/0"]

  deny { protocol = "all" }
}

resource "google_compute_firewall" "in" {
  name          = "in"
  network       = "cards"
  source_ranges = ["0.0.0.0/0"]

  allow { protocol = "all" }
}
