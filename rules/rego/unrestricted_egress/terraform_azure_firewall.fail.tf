resource "azurerm_firewall_network_rule_collection" "fw_net_any" {
  action = "Allow"
  rule {
    name                  = "r"
    source_addresses      = ["*"]
    destination_addresses = ["*"] # expect
    destination_ports     = ["*"]
    protocols             = ["Any"]
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "fw_policy_any" {
  network_rule_collection {
    action = "Allow"
    rule {
      name                  = "r"
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["0.0.0.0/0"] # expect
      destination_ports     = ["1-65535"]
      protocols             = ["TCP"]
    }
  }
}
