resource "azurerm_data_factory" "orders" {
  name                   = "orders"
  public_network_enabled = true # expect
}

resource "azurerm_cognitive_account" "fraud" { # expect
  name     = "fraud"
  kind     = "AnomalyDetector"
  sku_name = "S0"
}

resource "azurerm_iothub" "terminals" { # expect
  name = "terminals"
}

resource "azurerm_container_registry" "images" { # expect
  name = "images"
  sku  = "Premium"
}

resource "azurerm_container_registry" "basic" {
  name                          = "basic"
  sku                           = "Basic"
  public_network_access_enabled = true # expect
}

resource "azurerm_key_vault" "keys" { # expect
  name     = "keys"
  sku_name = "premium"

  network_acls {
    bypass         = "AzureServices"
    default_action = "Allow"
  }
}

resource "azurerm_app_configuration" "settings" {
  name                  = "settings"
  public_network_access = "Enabled" # expect
}

resource "azurerm_storage_sync" "files" { # expect
  name = "files"
}

resource "azurerm_servicebus_namespace" "events" { # expect
  name = "events"
  sku  = "Premium"
}
