resource "azurerm_storage_account" "sa_activity_logs_mutable" {
  name = "logs"
  immutability_policy {
    state                         = "Locked"
    period_since_creation_in_days = 365
    allow_protected_append_writes = true
  }
}
resource "azurerm_monitor_diagnostic_setting" "sa_activity_logs_mutable_d" {
  target_resource_id = "/subscriptions/x"
  storage_account_id = azurerm_storage_account.sa_activity_logs_mutable.id
  enabled_log { category = "Administrative" }
}

# Versions, which let an overwritten log be found again.
resource "azurerm_storage_account" "versioned" {
  name = "versioned"
  blob_properties {
    versioning_enabled = true
  }
}

resource "azurerm_network_watcher_flow_log" "versioned" {
  storage_account_id = azurerm_storage_account.versioned.id
}

# Holds no logs.
resource "azurerm_storage_account" "images" {
  name = "images"
}
