resource "azurerm_resource_group" "shop" {
  name     = "min_tls_version"
  location = "westeurope"
}

resource "google_storage_bucket" "press" {
  name     = "press"
  location = "EU"
}
