resource "google_compute_firewall" "out" {
  name               = "out"
  network            = "cards"
  direction          = "EGRESS"
  destination_ranges = ["0.0.0.0/0"] # expect

  allow { protocol = "all" }
}

resource "google_compute_firewall" "nowhere_named" { # expect
  name      = "out-tcp"
  network   = "cards"
  direction = "EGRESS"

  allow { protocol = "tcp" }
}

resource "google_compute_network_firewall_policy_rule" "out" {
  firewall_policy = "network-policy"
  priority        = 100
  action          = "allow"
  direction       = "EGRESS"

  match {
    dest_ip_ranges = ["0.0.0.0/0"] # expect
    layer4_configs {
      ip_protocol = "all"
    }
  }
}
