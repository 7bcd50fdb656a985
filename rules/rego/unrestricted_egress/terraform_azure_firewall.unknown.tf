variable "peers" {}

resource "azurerm_firewall_network_rule_collection" "out" {
  action = "Allow"
  rule {
    destination_addresses = var.peers
    destination_ports     = ["*"]
  }
}
