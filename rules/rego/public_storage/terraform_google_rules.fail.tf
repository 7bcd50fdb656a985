resource "google_firebaserules_ruleset" "st_rules" {
  source {
    files {
      name    = "storage.rules"
      # expect next
      content = <<-EOT
  service firebase.storage {
    match /b/{bucket}/o {
      match /{p=**} {
        allow read, write;
      }
    }
  }
  EOT
    }
  }
}
