variable "access" { type = string }

resource "azurerm_storage_container" "receipts" {
  container_access_type = var.access
}
