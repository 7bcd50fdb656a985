resource "azurerm_data_factory" "orders" {
  name                   = "orders"
  public_network_enabled = false
}

resource "azurerm_cognitive_account" "fraud" {
  name     = "fraud"
  kind     = "AnomalyDetector"
  sku_name = "S0"

  network_acls {
    default_action = "Deny"
    ip_rules       = ["203.0.113.7"]
  }
}

resource "azurerm_container_registry" "images" {
  name                          = "images"
  sku                           = "Premium"
  public_network_access_enabled = false
}

# This tier has no other endpoint: whoever wants one has to change the tier first.
resource "azurerm_container_registry" "basic" {
  name = "basic"
  sku  = "Basic"
}

resource "azurerm_key_vault" "keys" {
  name                          = "keys"
  sku_name                      = "premium"
  public_network_access_enabled = true

  network_acls {
    bypass         = "AzureServices"
    default_action = "Deny"
  }
}

resource "azurerm_app_configuration" "settings" {
  name                  = "settings"
  public_network_access = "Disabled"
}

resource "azurerm_storage_sync" "files" {
  name                    = "files"
  incoming_traffic_policy = "AllowVirtualNetworksOnly"
}
