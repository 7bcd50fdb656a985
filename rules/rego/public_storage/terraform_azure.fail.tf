resource "azurerm_storage_account" "exports" {
  allow_nested_items_to_be_public = true # expect
}

resource "azurerm_storage_account" "old" {
  allow_blob_public_access = true # expect
  network_rules {
    default_action = "Allow" # expect
  }
}

resource "azurerm_storage_account_network_rules" "exports" {
  storage_account_id = azurerm_storage_account.exports.id
  default_action     = "Allow" # expect
}

resource "azurerm_storage_container" "receipts" {
  storage_account_name  = azurerm_storage_account.exports.name
  container_access_type = "blob" # expect
}

resource "azurerm_storage_container" "elsewhere" {
  storage_account_name  = "elsewhere"
  container_access_type = "container" # expect
}

resource "azurerm_data_lake_store" "lake" {
  firewall_state = "Disabled" # expect
}

resource "azurerm_data_lake_store_firewall_rule" "all" {
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255" # expect
}

resource "azurerm_container_registry" "images" {
  anonymous_pull_enabled = true # expect
}

resource "azurerm_shared_image_gallery" "images" {
  sharing {
    permission = "Community" # expect
  }
}

resource "azurerm_storage_account" "sa_iprules" {
  network_rules {
    default_action = "Deny"
    ip_rules       = ["0.0.0.0/0"] # expect
  }
}

resource "azurerm_storage_account_network_rules" "sa_netrules_res_ip" {
  storage_account_id = "abc"
  default_action     = "Deny"
  ip_rules           = ["0.0.0.0/1", "128.0.0.0/1"] # expect
}
