resource "azurerm_network_security_group" "bastion" {
  name = "bastion"

  security_rule {
    name                       = "ssh"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "22"
    source_address_prefix      = "*" # expect
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "databases"
    priority                   = 110
    direction                  = "inbound"
    access                     = "allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_ranges    = ["443", "5430-5440"]
    source_address_prefixes    = ["10.0.0.0/8", "0.0.0.0/0"] # expect
    destination_address_prefix = "10.0.1.0/24"
  }
}

resource "azurerm_network_security_rule" "rdp" {
  direction              = "Inbound"
  access                 = "Allow"
  protocol               = "Tcp"
  destination_port_range = "3000-4000"
  source_address_prefix  = "Internet" # expect
}

resource "azurerm_network_security_rule" "all" {
  direction              = "Inbound"
  access                 = "Allow"
  protocol               = "*"
  destination_port_range = "*"
  source_address_prefix  = "Any" # expect
}

resource "azurerm_network_security_rule" "number" {
  direction              = "Inbound"
  access                 = "Allow"
  protocol               = "Tcp"
  destination_port_range = 1433
  source_address_prefixes = ["::/0"] # expect
}

resource "azurerm_firewall_nat_rule_collection" "in" {
  action = "Dnat"
  rule {
    name               = "ssh"
    source_addresses   = ["*"] # expect
    destination_ports  = ["50022"]
    translated_port    = 22
    translated_address = "10.0.1.4"
    protocols          = ["TCP"]
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "in" {
  nat_rule_collection {
    name   = "in"
    action = "Dnat"
    rule {
      name               = "rdp"
      source_addresses   = ["0.0.0.0/0"] # expect
      destination_ports  = ["3389"]
      translated_port    = 3389
      translated_address = "10.0.1.4"
      protocols          = ["TCP"]
    }
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
        source_address_prefix = "*" # expect
      }
    }
  }
}

resource "azapi_resource" "azapi_nsg" {
  type = "Microsoft.Network/networkSecurityGroups@2023-05-01"
  body = { properties = { securityRules = [{ name = "ssh", properties = { direction = "Inbound", access = "Allow", protocol = "Tcp", sourceAddressPrefix = "*", destinationPortRange = "22" } }] } } # expect
}

resource "azurerm_network_security_group" "nsg_attr_list" {
  security_rule = [{
    name                       = "rdp"
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_address_prefix      = ""
    source_address_prefixes    = ["::/0"] # expect
    source_port_range          = "*"
    destination_port_range     = ""
    destination_port_ranges    = ["3000-4000"]
    destination_address_prefix = "*"
    priority                   = 100
  }]
}
