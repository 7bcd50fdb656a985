resource "google_kms_crypto_key" "cards" {
  name     = "cards"
  key_ring = "ring"

  lifecycle {
    prevent_destroy = true
  }
}

# Nothing is encrypted with it.
resource "google_kms_crypto_key" "signing" {
  name     = "signing"
  key_ring = "ring"
  purpose  = "ASYMMETRIC_SIGN"
}
