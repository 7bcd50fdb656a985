variable "encrypted" { type = bool }

resource "azurerm_mssql_database" "orders" {
  transparent_data_encryption_enabled = var.encrypted
}
