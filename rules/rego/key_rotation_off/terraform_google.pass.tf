resource "google_kms_crypto_key" "cards" {
  name            = "cards"
  key_ring        = "projects/p/locations/global/keyRings/r"
  rotation_period = "7776000s"
}

resource "google_kms_crypto_key" "yearly" {
  name            = "yearly"
  key_ring        = "projects/p/locations/global/keyRings/r"
  rotation_period = "31536000s"
}

# KMS cannot rotate these by itself.
resource "google_kms_crypto_key" "signing" {
  name     = "signing"
  key_ring = "projects/p/locations/global/keyRings/r"
  purpose  = "ASYMMETRIC_SIGN"

  version_template {
    algorithm = "EC_SIGN_P256_SHA256"
  }
}

resource "google_kms_crypto_key" "mac" {
  name     = "mac"
  key_ring = "projects/p/locations/global/keyRings/r"
  purpose  = "MAC"
}

resource "google_kms_crypto_key" "imported" {
  name                          = "imported"
  key_ring                      = "projects/p/locations/global/keyRings/r"
  import_only                   = true
  skip_initial_version_creation = true
}

resource "google_kms_crypto_key" "elsewhere" {
  name     = "elsewhere"
  key_ring = "projects/p/locations/global/keyRings/r"

  version_template {
    algorithm        = "EXTERNAL_SYMMETRIC_ENCRYPTION"
    protection_level = "EXTERNAL_VPC"
  }
}
