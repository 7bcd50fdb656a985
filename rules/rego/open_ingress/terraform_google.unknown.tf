variable "callers" { type = list(string) }

variable "ports" { type = list(string) }

resource "google_compute_firewall" "db" {
  name          = "db"
  network       = "default"
  source_ranges = var.callers

  allow {
    protocol = "tcp"
    ports    = ["5432"]
  }
}

resource "google_compute_firewall" "somewhere" {
  name          = "somewhere"
  network       = "default"
  source_ranges = ["0.0.0.0/0"]

  allow {
    protocol = "tcp"
    ports    = var.ports
  }
}

variable "off" { type = bool }

resource "google_compute_firewall" "maybe_off" {
  name          = "maybe-off"
  network       = "default"
  disabled      = var.off
  source_ranges = ["0.0.0.0/0"]

  allow { protocol = "all" }
}
