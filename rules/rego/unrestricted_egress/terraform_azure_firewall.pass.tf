resource "azurerm_firewall_network_rule_collection" "fw_net_any" {
  action = "Allow"
  rule {
    name                  = "r"
    source_addresses      = ["10.0.0.0/16"]
    destination_addresses = ["10.2.0.0/16"]
    destination_ports     = ["443"]
    protocols             = ["TCP"]
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "fw_policy_any" {
  network_rule_collection {
    action = "Deny"
    rule {
      name                  = "r"
      source_addresses      = ["*"]
      destination_addresses = ["*"]
      destination_ports     = ["*"]
      protocols             = ["Any"]
    }
  }
}
