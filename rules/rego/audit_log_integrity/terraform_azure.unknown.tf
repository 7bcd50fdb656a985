variable "versions" {}

resource "azurerm_storage_account" "logs" {
  name = "logs"
  blob_properties {
    versioning_enabled = var.versions
  }
}

resource "azurerm_network_watcher_flow_log" "logs" {
  storage_account_id = azurerm_storage_account.logs.id
}
