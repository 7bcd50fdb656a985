resource "azurerm_network_security_group" "cards" {
  name = "cards"
  tags = { pci-scope = "true" }

  security_rule {
    name                       = "processor"
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    destination_port_range     = "443"
    destination_address_prefix = "198.51.100.0/24"
  }
  security_rule {
    name                       = "nothing-else"
    direction                  = "Outbound"
    access                     = "Deny"
    protocol                   = "*"
    destination_port_range     = "*"
    destination_address_prefix = "*"
  }
  security_rule {
    name                   = "in"
    direction              = "Inbound"
    access                 = "Allow"
    protocol               = "Tcp"
    destination_port_range = "443"
    source_address_prefix  = "*"
  }
}

# Not in scope.
resource "azurerm_network_security_group" "blog" {
  name = "blog"
}

resource "azurerm_network_security_rule" "out" {
  network_security_group_name = azurerm_network_security_group.blog.name
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "*"
  destination_port_range      = "*"
  destination_address_prefix  = "*"
}

variable "peer" { type = string }

# Wherever that is, it is one port.
resource "azurerm_network_security_group" "one_port" {
  tags = { pci-scope = "true" }

  security_rule {
    name                       = "processor"
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    destination_port_range     = "443"
    destination_address_prefix = var.peer
  }
}
