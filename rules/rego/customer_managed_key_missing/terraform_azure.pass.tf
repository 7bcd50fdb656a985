resource "azurerm_managed_disk" "cards" {
  name                   = "cards"
  disk_encryption_set_id = azurerm_disk_encryption_set.cards.id
}

resource "azurerm_disk_encryption_set" "cards" {
  name             = "cards"
  key_vault_key_id = "https://keys.vault.azure.net/keys/disks"
}

resource "azurerm_storage_account" "receipts" {
  name = "receipts"
}

resource "azurerm_storage_account_customer_managed_key" "receipts" {
  storage_account_id = azurerm_storage_account.receipts.id
  key_vault_id       = "keys"
  key_name           = "receipts"
}

resource "azurerm_mssql_server" "ledger" {
  name = "ledger"
}

resource "azurerm_mssql_server_transparent_data_encryption" "ledger" {
  server_id        = azurerm_mssql_server.ledger.id
  key_vault_key_id = "https://keys.vault.azure.net/keys/ledger"
}

resource "azurerm_cosmosdb_account" "orders" {
  name             = "orders"
  key_vault_key_id = var.key
}

variable "key" {
  type = string
}
