resource "azurerm_network_security_rule" "nsg_wide" {
  direction              = "Inbound"
  access                 = "Allow"
  protocol               = "Tcp"
  source_address_prefix  = "10.0.0.0/8"
  destination_port_range = "3389"
}

resource "azurerm_network_security_rule" "nsg_azurecloud" {
  direction              = "Inbound"
  access                 = "Allow"
  protocol               = "Tcp"
  source_address_prefix  = "AzureLoadBalancer"
  destination_port_range = "*"
}
