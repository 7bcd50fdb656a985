variable "period" { type = string }

variable "purpose" { type = string }

resource "google_kms_crypto_key" "cards" {
  name            = "cards"
  key_ring        = "projects/p/locations/global/keyRings/r"
  rotation_period = var.period
}

resource "google_kms_crypto_key" "some" {
  name     = "some"
  key_ring = "projects/p/locations/global/keyRings/r"
  purpose  = var.purpose
}

variable "imported" { type = bool }

resource "google_kms_crypto_key" "imported" {
  name        = "imported"
  key_ring    = "projects/p/locations/global/keyRings/r"
  import_only = var.imported
}
