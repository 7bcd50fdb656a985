resource "google_service_account_key" "old" {
  service_account_id = "app"
  key_algorithm      = "KEY_ALG_RSA_1024" # expect
}

resource "google_privateca_ca_pool" "pool" {
  name     = "pool"
  location = "europe-west1"
  tier     = "ENTERPRISE"

  issuance_policy {
    allowed_key_types {
      rsa {
        min_modulus_size = "1024" # expect
        max_modulus_size = 4096
      }
    }
  }
}

resource "google_dns_managed_zone" "shop" {
  name     = "shop"
  dns_name = "shop.example.com."

  dnssec_config {
    state = "on"
    default_key_specs {
      algorithm  = "rsasha256"
      key_length = 1024 # expect
      key_type   = "zoneSigning"
    }
    default_key_specs {
      algorithm  = "rsasha256"
      key_length = 2048
      key_type   = "keySigning"
    }
  }
}
