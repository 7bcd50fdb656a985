# Of the shop, in a project of its own that the platform's team keeps: receipts, and what shoppers upload for a return.
resource "google_storage_bucket" "receipts" {
  name                        = "kettlewick-receipts"
  project                     = "kettlewick-shop"
  location                    = "EUROPE-WEST1"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  encryption {
    default_kms_key_name = "projects/kettlewick-keys/locations/europe-west1/keyRings/checkout/cryptoKeys/data"
  }

  logging {
    log_bucket = "kettlewick-access-logs"
  }
}

resource "google_firebaserules_ruleset" "uploads" {
  project = "kettlewick-shop"
  source {
    files {
      name    = "storage.rules"
      content = <<-EOT
        service firebase.storage {
          match /b/{bucket}/o {
            match /returns/{shopper}/{file} {
              allow read, write: if request.auth.uid == shopper;
            }
          }
        }
      EOT
    }
  }
}
