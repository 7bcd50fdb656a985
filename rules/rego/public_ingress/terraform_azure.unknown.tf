variable "office" {}

resource "azurerm_network_security_rule" "admin" {
  direction              = "Inbound"
  access                 = "Allow"
  protocol               = "Tcp"
  source_address_prefix  = var.office
  destination_port_range = "22"
}
