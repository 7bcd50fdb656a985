resource "google_storage_bucket" "receipts" {
  name                     = "receipts"
  location                 = "EU"
  public_access_prevention = "enforced"
}
