variable "minimum" { type = string }

resource "google_compute_ssl_policy" "policy" {
  name            = "policy"
  min_tls_version = var.minimum
}

resource "google_compute_target_https_proxy" "shop" {
  name             = "shop"
  url_map          = "shop"
  ssl_certificates = ["cert"]
  ssl_policy       = "of-another-team"
}

variable "profile" { type = string }

resource "google_compute_ssl_policy" "profile" {
  name    = "profile"
  profile = var.profile
}
