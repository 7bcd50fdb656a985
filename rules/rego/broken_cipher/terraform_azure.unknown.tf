variable "cipher" {}

resource "azurerm_virtual_network_gateway_connection" "bank" {
  ipsec_policy {
    ike_encryption = var.cipher
  }
}
