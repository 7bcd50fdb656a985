resource "google_kms_crypto_key" "cards" { # expect
  name     = "cards"
  key_ring = "ring"
}

resource "google_kms_crypto_key" "tokens" {
  name                       = "tokens"
  key_ring                   = "ring"
  destroy_scheduled_duration = "86400s" # expect

  lifecycle {
    prevent_destroy = true
  }
}
