resource "google_firebaserules_ruleset" "st_rules" {
  source {
    files {
      name    = "storage.rules"
      content = <<-EOT
  service firebase.storage {
    match /b/{bucket}/o {
      match /{p=**} {
        allow read, write: if request.auth != null;
      }
    }
  }
  EOT
    }
  }
}
