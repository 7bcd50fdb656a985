variable "secret" { type = string }

resource "google_compute_vpn_tunnel" "bank" {
  name          = "bank"
  peer_ip       = "203.0.113.9"
  shared_secret = var.secret
}
