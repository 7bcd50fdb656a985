variable "server" { type = string }

resource "azurerm_mssql_server" "orders" {
  name = "orders"
}

resource "azurerm_mssql_server_extended_auditing_policy" "some" {
  server_id = var.server
}
