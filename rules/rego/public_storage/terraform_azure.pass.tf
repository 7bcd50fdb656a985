resource "azurerm_storage_account" "exports" {
  allow_nested_items_to_be_public = false
  network_rules {
    default_action = "Deny"
  }
}

# Nobody outside reaches these, whatever their containers allow.
resource "azurerm_storage_account" "private" {
  public_network_access_enabled   = false
  allow_nested_items_to_be_public = true
  network_rules {
    default_action = "Allow"
  }
}

resource "azurerm_storage_account" "ruled" {
  name = "ruled"
}

resource "azurerm_storage_account_network_rules" "ruled" {
  storage_account_id = azurerm_storage_account.ruled.id
  default_action     = "Deny"
}

# The account forbids it.
resource "azurerm_storage_container" "receipts" {
  storage_account_name  = azurerm_storage_account.exports.name
  container_access_type = "blob"
}

resource "azurerm_storage_container" "logs" {
  storage_account_name = "elsewhere"
}

resource "azurerm_storage_container" "exports" {
  storage_account_name  = "elsewhere"
  container_access_type = "private"
}

resource "azurerm_data_lake_store" "lake" {
  name = "lake"
}

resource "azurerm_data_lake_store_firewall_rule" "office" {
  start_ip_address = "198.51.100.1"
  end_ip_address   = "198.51.100.9"
}

resource "azurerm_container_registry" "images" {
  sku = "Premium"
}

resource "azurerm_storage_account" "sa_iprules" {
  allow_nested_items_to_be_public = false
  network_rules {
    default_action = "Deny"
    ip_rules       = ["203.0.113.0/24"]
  }
}

resource "azurerm_storage_account_network_rules" "sa_netrules_res_ip" {
  storage_account_id = "abc"
  default_action     = "Deny"
  ip_rules           = ["203.0.113.7"]
}
