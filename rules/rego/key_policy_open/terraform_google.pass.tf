resource "google_service_account" "app" {
  account_id = "app"
}

resource "google_kms_crypto_key_iam_member" "app" {
  crypto_key_id = "projects/p/locations/global/keyRings/r/cryptoKeys/k"
  role          = "roles/cloudkms.cryptoKeyDecrypter"
  member        = "serviceAccount:${google_service_account.app.email}"
}

data "google_iam_policy" "ring" {
  binding {
    role    = "roles/cloudkms.admin"
    members = ["group:keys@example.com"]
  }
}

resource "google_kms_key_ring_iam_policy" "ring" {
  key_ring_id = "projects/p/locations/global/keyRings/r"
  policy_data = data.google_iam_policy.ring.policy_data
}

# Not a key.
resource "google_cloud_run_service_iam_member" "shop" {
  service = "shop"
  role    = "roles/run.invoker"
  member  = "allUsers"
}
