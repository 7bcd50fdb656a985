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

resource "azurerm_storage_account" "sa_public_explicit" {
  public_network_access_enabled = true
  network_rules { default_action = "Deny" }
}

resource "azurerm_storage_account" "sa_silent" {
  name = "c"
}

resource "azurerm_signalr_service" "silent" {
  name = "a"
}

resource "azurerm_web_pubsub" "silent" {
  name = "a"
}

resource "azurerm_storage_account" "sa_public_default" {
  name = "a"
  tags = { pci-scope = "true" }
}
resource "azurerm_storage_account_network_rules" "sa_public_default" {
  storage_account_id = azurerm_storage_account.sa_public_default.id
  default_action     = "Deny"
}

resource "azurerm_managed_disk" "disk_public" {
  network_access_policy         = "DenyAll"
  public_network_access_enabled = false
}

resource "azurerm_managed_disk" "disk_public2" {
  public_network_access_enabled = false
}

resource "azurerm_databricks_workspace" "databricks" {
  public_network_access_enabled = false
}

resource "azurerm_servicebus_namespace" "sb_netset" {
  sku = "Premium"
}
resource "azurerm_servicebus_namespace_network_rule_set" "sb_netset_r" {
  namespace_id   = azurerm_servicebus_namespace.sb_netset.id
  default_action = "Deny"
}

resource "azurerm_eventgrid_namespace" "eg_ns" {
  public_network_access = "Disabled"
}

resource "azurerm_key_vault_managed_hardware_security_module" "hsm_acl" {
  public_network_access_enabled = false
}

resource "azurerm_ai_services" "ai_services" {
  public_network_access = "Disabled"
}

resource "azurerm_recovery_services_vault" "rsv" {
  public_network_access_enabled = false
}

resource "azurerm_signalr_service" "signalr" {
  public_network_access_enabled = false
}

resource "azurerm_web_pubsub" "webpubsub" {
  public_network_access_enabled = false
}

resource "azurerm_dashboard_grafana" "grafana" {
  public_network_access_enabled = false
}

resource "azurerm_healthcare_service" "healthcare" {
  public_network_access_enabled = false
}
