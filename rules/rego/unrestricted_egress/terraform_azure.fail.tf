resource "azurerm_network_security_group" "cards" {
  name = "cards"
  tags = { pci-scope = "true" }

  security_rule {
    name                       = "out"
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "*"
    destination_port_range     = "*"
    destination_address_prefix = "Internet" # expect
  }
}

resource "azurerm_network_security_rule" "out" {
  network_security_group_name  = azurerm_network_security_group.cards.name
  direction                    = "Outbound"
  access                       = "Allow"
  protocol                     = "Tcp"
  destination_port_ranges      = ["0-65535"]
  destination_address_prefixes = ["10.0.0.0/8", "0.0.0.0/0"] # expect
}
