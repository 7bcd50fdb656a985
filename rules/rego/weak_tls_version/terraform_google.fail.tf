resource "google_compute_ssl_policy" "unset" { # expect
  name    = "unset"
  profile = "MODERN"
}

resource "google_compute_ssl_policy" "old" {
  name            = "old"
  min_tls_version = "TLS_1_1" # expect
}

resource "google_compute_region_ssl_policy" "old" {
  name            = "old"
  region          = "europe-west1"
  profile         = "CUSTOM"
  min_tls_version = "TLS_1_0" # expect
  custom_features = ["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"]
}

resource "google_compute_target_https_proxy" "shop" { # expect
  name             = "shop"
  url_map          = "shop"
  ssl_certificates = ["cert"]
}

resource "google_compute_target_ssl_proxy" "tcp" { # expect
  name             = "tcp"
  backend_service  = "tcp"
  ssl_certificates = ["cert"]
}

resource "google_compute_region_target_https_proxy" "shop" { # expect
  name             = "shop"
  region           = "europe-west1"
  url_map          = "shop"
  ssl_certificates = ["cert"]
}

resource "google_network_security_tls_inspection_policy" "inspect" {
  name            = "inspect"
  location        = "europe-west1"
  ca_pool         = "pool"
  min_tls_version = "TLS_1_1" # expect
}

resource "google_apigee_target_server" "psp" {
  name   = "psp"
  env_id = "env"
  host   = "psp.example.com"
  port   = 443

  s_sl_info {
    enabled   = true
    protocols = ["TLSv1.2", "TLSv1.1"] # expect
  }
}
