variable "group" {}

resource "azurerm_virtual_network_gateway_connection" "bank" {
  ipsec_policy {
    dh_group = var.group
  }
}
