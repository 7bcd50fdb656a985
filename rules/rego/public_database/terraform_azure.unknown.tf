variable "public" { type = bool }

resource "azurerm_mssql_server" "orders" {
  public_network_access_enabled = var.public
}
