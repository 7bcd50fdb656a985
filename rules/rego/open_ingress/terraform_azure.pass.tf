resource "azurerm_network_security_group" "web" {
  security_rule {
    name                       = "https"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
  security_rule {
    name                       = "ssh"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "22"
    source_address_prefix      = "VirtualNetwork"
    destination_address_prefix = "*"
  }
  security_rule {
    name                       = "nothing-else"
    priority                   = 4096
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
  security_rule {
    name                       = "out"
    priority                   = 100
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "Internet"
  }
}

resource "azurerm_network_security_rule" "ping" {
  direction              = "Inbound"
  access                 = "Allow"
  protocol               = "Icmp"
  destination_port_range = "*"
  source_address_prefix  = "*"
}

resource "azurerm_network_security_rule" "gateway_manager" {
  direction              = "Inbound"
  access                 = "Allow"
  protocol               = "Tcp"
  destination_port_range = "65200-65535"
  source_address_prefix  = "GatewayManager"
}

# The sources are members of a group, the port range holds no port of administration.
resource "azurerm_network_security_rule" "members" {
  direction                             = "Inbound"
  access                                = "Allow"
  protocol                              = "Tcp"
  destination_port_range                = "5432"
  source_application_security_group_ids = [azurerm_application_security_group.web.id]
}

resource "azurerm_application_security_group" "web" {
  name = "web"
}

resource "azurerm_firewall_nat_rule_collection" "in" {
  action = "Dnat"
  rule {
    name               = "https"
    source_addresses   = ["*"]
    destination_ports  = ["443"]
    translated_port    = 8443
    translated_address = "10.0.1.4"
    protocols          = ["TCP"]
  }
}
