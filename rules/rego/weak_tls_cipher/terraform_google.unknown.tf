variable "profile" { type = string }

resource "google_compute_ssl_policy" "policy" {
  name    = "policy"
  profile = var.profile
}
