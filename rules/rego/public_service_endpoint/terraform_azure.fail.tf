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

resource "azurerm_key_vault" "keys" {
  name     = "keys"
  sku_name = "premium"

  network_acls {
    bypass         = "AzureServices"
    default_action = "Allow" # expect
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

resource "azurerm_storage_account" "sa_public_explicit" {
  public_network_access_enabled = true # expect
}

resource "azurerm_storage_account" "sa_public_default" { # expect
  name = "a"
  tags = { pci-scope = "true" }
}

resource "azurerm_managed_disk" "disk_public" {
  network_access_policy = "AllowAll" # expect
}

resource "azurerm_managed_disk" "disk_public2" {
  public_network_access_enabled = true # expect
}

resource "azurerm_databricks_workspace" "databricks" {
  public_network_access_enabled = true # expect
}

resource "azurerm_servicebus_namespace" "sb_netset" { # expect
  sku = "Premium"
}

resource "azurerm_eventgrid_namespace" "eg_ns" {
  public_network_access = "Enabled" # expect
}

resource "azurerm_key_vault_managed_hardware_security_module" "hsm_acl" {
  public_network_access_enabled = true # expect
}

resource "azurerm_ai_services" "ai_services" {
  public_network_access = "Enabled" # expect
}

resource "azurerm_recovery_services_vault" "rsv" {
  public_network_access_enabled = true # expect
}

resource "azurerm_signalr_service" "signalr" {
  public_network_access_enabled = true # expect
}

resource "azurerm_web_pubsub" "webpubsub" {
  public_network_access_enabled = true # expect
}

resource "azurerm_dashboard_grafana" "grafana" {
  public_network_access_enabled = true # expect
}

resource "azurerm_healthcare_service" "healthcare" {
  public_network_access_enabled = true # expect
}
