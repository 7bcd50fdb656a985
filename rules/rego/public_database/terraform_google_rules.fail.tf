resource "google_organization_policy" "orgpol_sql" {
  org_id     = "1"
  constraint = "constraints/sql.restrictPublicIp"
  boolean_policy { enforced = false } # expect
}

resource "google_firebaserules_ruleset" "fs_rules" {
  source {
    files {
      name    = "firestore.rules"
      content = "service cloud.firestore { match /databases/{d}/documents { match /{x=**} { allow read, write: if true; } } }" # expect
    }
  }
}

resource "google_firebaserules_ruleset" "fs_testmode" {
  source {
    files {
      name    = "f"
      content = "service cloud.firestore { match /databases/{d}/documents { match /{x=**} { allow read, write: if request.time < timestamp.date(2031, 1, 1); } } }" # expect
    }
  }
}

resource "google_firebaserules_ruleset" "fs_comment" {
  source {
    files {
      name = "f"
      # expect next
      content = <<-EOT
  service cloud.firestore {
    match /a/{x} {
      allow write: if true;
    }
  }
  EOT
    }
  }
}
