variable "readers" { type = list(string) }

resource "google_kms_crypto_key_iam_binding" "readers" {
  crypto_key_id = "projects/p/locations/global/keyRings/r/cryptoKeys/k"
  role          = "roles/cloudkms.cryptoKeyDecrypter"
  members       = var.readers
}
