resource "google_kms_crypto_key" "cards" { # expect
  name     = "cards"
  key_ring = "projects/p/locations/global/keyRings/r"
}

resource "google_kms_crypto_key" "seldom" {
  name            = "seldom"
  key_ring        = "projects/p/locations/global/keyRings/r"
  purpose         = "ENCRYPT_DECRYPT"
  rotation_period = "63072000s" # expect

  version_template {
    algorithm        = "GOOGLE_SYMMETRIC_ENCRYPTION"
    protection_level = "HSM"
  }
}
