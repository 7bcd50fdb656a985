variable "public" { type = bool }

resource "azurerm_mssql_server" "orders" {
  public_network_access_enabled = var.public
}

variable "callers" { type = list(string) }

resource "azurerm_cosmosdb_account" "orders" {
  ip_range_filter = var.callers
}
