variable "logged" { type = bool }
variable "filter" { type = string }

resource "google_compute_firewall" "inside" {
  name           = "inside"
  network        = "cards"
  enable_logging = var.logged
  source_ranges  = ["10.0.0.0/8"]

  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}

resource "google_logging_project_exclusion" "noise" {
  name   = "noise"
  filter = var.filter
}
