variable "partner" { type = string }

resource "google_compute_firewall" "partner" {
  name          = "partner"
  network       = "cards"
  source_ranges = [var.partner]

  allow {
    protocol = "tcp"
    ports    = ["8443"]
  }
}
