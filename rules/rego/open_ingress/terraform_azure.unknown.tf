variable "callers" { type = list(string) }

resource "azurerm_network_security_rule" "ssh" {
  direction               = "Inbound"
  access                  = "Allow"
  protocol                = "Tcp"
  destination_port_range  = "22"
  source_address_prefixes = var.callers
}
