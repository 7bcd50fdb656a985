variable "rules" { type = string }

resource "google_firebaserules_ruleset" "orders" {
  source {
    files {
      name    = "firestore.rules"
      content = var.rules
    }
  }
}
