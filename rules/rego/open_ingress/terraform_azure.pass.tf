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

resource "azurerm_batch_pool" "batch_pool" {
  network_configuration {
    endpoint_configuration {
      name                = "ssh"
      backend_port        = 22
      protocol            = "TCP"
      frontend_port_range = "4000-4100"
      network_security_group_rules {
        access                = "Allow"
        priority              = 1001
        source_address_prefix = "203.0.113.0/28"
      }
    }
  }
}

resource "azapi_resource" "azapi_nsg" {
  type = "Microsoft.Network/networkSecurityGroups@2023-05-01"
  body = { properties = { securityRules = [{ name = "ssh", properties = { direction = "Inbound", access = "Allow", protocol = "Tcp", sourceAddressPrefix = "10.0.0.0/8", destinationPortRange = "22" } }] } }
}

resource "azurerm_network_security_group" "nsg_attr_list" {
  security_rule = [{
    name                       = "rdp"
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_address_prefix      = ""
    source_address_prefixes    = ["10.0.0.0/8"]
    source_port_range          = "*"
    destination_port_range     = ""
    destination_port_ranges    = ["3000-4000"]
    destination_address_prefix = "*"
    priority                   = 100
  }]
}
