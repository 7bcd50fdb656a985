variable "version" { type = string }

resource "azurerm_storage_account" "files" {
  min_tls_version = var.version
}
