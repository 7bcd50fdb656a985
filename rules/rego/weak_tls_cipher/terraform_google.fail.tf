resource "google_compute_ssl_policy" "default" { # expect
  name            = "default"
  min_tls_version = "TLS_1_2"
}

resource "google_compute_region_ssl_policy" "compatible" {
  name    = "compatible"
  region  = "europe-west1"
  profile = "COMPATIBLE" # expect
}

resource "google_compute_ssl_policy" "custom" {
  name            = "custom"
  profile         = "CUSTOM"
  min_tls_version = "TLS_1_2"
  custom_features = [
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_RSA_WITH_3DES_EDE_CBC_SHA", # expect
  ]
}

resource "google_network_security_tls_inspection_policy" "inspect" {
  name                = "inspect"
  location            = "europe-west1"
  ca_pool             = "pool"
  tls_feature_profile = "PROFILE_COMPATIBLE" # expect
}

resource "google_apigee_target_server" "psp" {
  name   = "psp"
  env_id = "env"
  host   = "psp.example.com"
  port   = 443

  s_sl_info {
    enabled = true
    ciphers = ["TLS_RSA_WITH_RC4_128_SHA"] # expect
  }
}
