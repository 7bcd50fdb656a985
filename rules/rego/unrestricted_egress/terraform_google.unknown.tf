variable "peers" { type = list(string) }

resource "google_compute_firewall" "out" {
  name               = "out"
  network            = "cards"
  direction          = "EGRESS"
  destination_ranges = var.peers

  allow { protocol = "all" }
}
