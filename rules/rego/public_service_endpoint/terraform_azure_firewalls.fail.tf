resource "azurerm_servicebus_namespace_network_rule_set" "sb_netset_allow_r" {
  namespace_id   = "abc"
  default_action = "Allow" # expect
}

resource "azurerm_eventhub_namespace" "eh_allow" {
  network_rulesets { default_action = "Allow" } # expect
}

resource "azurerm_eventhub_namespace" "eh_ip_open" {
  network_rulesets {
    default_action = "Deny"
    ip_rule {
      ip_mask = "0.0.0.0/0" # expect
      action  = "Allow"
    }
  }
}

resource "azurerm_eventgrid_topic" "eg_inbound_open" {
  inbound_ip_rule { ip_mask = "0.0.0.0/0" } # expect
}

resource "azurerm_key_vault" "kv_acl" {
  network_acls {
    default_action = "Allow" # expect
    bypass         = "AzureServices"
  }
}

resource "azurerm_key_vault" "kv_acl_open" {
  network_acls {
    default_action = "Deny"
    bypass         = "AzureServices"
    ip_rules       = ["0.0.0.0/0"] # expect
  }
}

resource "azurerm_container_registry" "acr_ip" {
  sku = "Premium"
  network_rule_set {
    default_action = "Deny"
    ip_rule {
      action   = "Allow"
      ip_range = "0.0.0.0/0" # expect
    }
  }
}

resource "azurerm_cognitive_account" "cognitive" {
  network_acls { default_action = "Allow" } # expect
}

resource "azurerm_iothub" "iothub_rule" {
  network_rule_set { default_action = "Allow" } # expect
}
