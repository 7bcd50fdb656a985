variable "public" {
  type = bool
}

resource "azurerm_data_factory" "orders" {
  name                   = "orders"
  public_network_enabled = var.public
}
