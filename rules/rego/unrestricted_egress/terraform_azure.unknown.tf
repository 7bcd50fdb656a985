variable "peer" { type = string }

resource "azurerm_network_security_group" "cards" {
  tags = { pci-scope = "true" }

  security_rule {
    name                       = "out"
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "*"
    destination_port_range     = "*"
    destination_address_prefix = var.peer
  }
}
