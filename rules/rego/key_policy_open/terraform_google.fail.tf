resource "google_kms_crypto_key_iam_member" "all" {
  crypto_key_id = "projects/p/locations/global/keyRings/r/cryptoKeys/k"
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "allUsers" # expect
}

resource "google_kms_crypto_key_iam_binding" "any_account" {
  crypto_key_id = "projects/p/locations/global/keyRings/r/cryptoKeys/k"
  role          = "roles/cloudkms.cryptoKeyDecrypter"
  members = [
    "group:payments@example.com",
    "allAuthenticatedUsers", # expect
  ]
}

data "google_iam_policy" "ring" {
  binding {
    role    = "roles/cloudkms.admin"
    members = ["allUsers"] # expect
  }
}

resource "google_kms_key_ring_iam_policy" "ring" {
  key_ring_id = "projects/p/locations/global/keyRings/r"
  policy_data = data.google_iam_policy.ring.policy_data
}
