resource "google_service_account_key" "default" {
  service_account_id = "app"
}

resource "google_privateca_ca_pool" "pool" {
  name     = "pool"
  location = "europe-west1"
  tier     = "ENTERPRISE"

  issuance_policy {
    allowed_key_types {
      rsa {
        min_modulus_size = 3072
      }
    }
    allowed_key_types {
      elliptic_curve {
        signature_algorithm = "ECDSA_P256"
      }
    }
  }
}

# 256 bits are right for an elliptic curve.
resource "google_dns_managed_zone" "curve" {
  name     = "curve"
  dns_name = "shop.example.com."

  dnssec_config {
    default_key_specs {
      algorithm  = "ecdsap256sha256"
      key_length = 256
      key_type   = "zoneSigning"
    }
  }
}
