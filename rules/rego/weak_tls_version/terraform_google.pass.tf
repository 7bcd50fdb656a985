resource "google_compute_ssl_policy" "modern" {
  name            = "modern"
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"
}

resource "google_compute_ssl_policy" "newest" {
  name            = "newest"
  profile         = "RESTRICTED"
  min_tls_version = "TLS_1_3"
}

# All suites of this profile need TLS 1.2.
resource "google_compute_ssl_policy" "restricted" {
  name    = "restricted"
  profile = "RESTRICTED"
}

resource "google_compute_target_https_proxy" "shop" {
  name             = "shop"
  url_map          = "shop"
  ssl_certificates = ["cert"]
  ssl_policy       = google_compute_ssl_policy.modern.id
}

resource "google_compute_target_ssl_proxy" "tcp" {
  name             = "tcp"
  backend_service  = "tcp"
  ssl_certificates = ["cert"]
  ssl_policy       = "modern"
}

resource "google_apigee_target_server" "psp" {
  name   = "psp"
  env_id = "env"
  host   = "psp.example.com"
  port   = 443

  s_sl_info {
    enabled   = true
    protocols = ["TLSv1.2", "TLSv1.3"]
  }
}
