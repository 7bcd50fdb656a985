resource "google_storage_bucket" "receipts" { # expect
  name     = "receipts"
  location = "EU"
}

resource "google_org_policy_policy" "orgpol_pap" {
  name   = "projects/p/policies/storage.publicAccessPrevention"
  parent = "projects/p"
  spec {
    rules { enforce = "FALSE" } # expect
  }
}

resource "google_project_organization_policy" "orgpol_pap_old" {
  project    = "p"
  constraint = "constraints/storage.publicAccessPrevention"
  boolean_policy { enforced = false } # expect
}
