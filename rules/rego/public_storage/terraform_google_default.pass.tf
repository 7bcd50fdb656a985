resource "google_storage_bucket" "receipts" {
  name                     = "receipts"
  location                 = "EU"
  public_access_prevention = "enforced"
}

resource "google_org_policy_policy" "orgpol_pap" {
  name   = "projects/p/policies/storage.publicAccessPrevention"
  parent = "projects/p"
  spec {
    rules { enforce = "TRUE" }
  }
}

resource "google_project_organization_policy" "orgpol_pap_old" {
  project    = "p"
  constraint = "constraints/storage.publicAccessPrevention"
  boolean_policy { enforced = true }
}
