resource "azurerm_storage_account" "sa_activity_logs_mutable" { # expect
  name = "logs"
}
resource "azurerm_monitor_diagnostic_setting" "sa_activity_logs_mutable_d" {
  target_resource_id = "/subscriptions/x"
  storage_account_id = azurerm_storage_account.sa_activity_logs_mutable.id
  enabled_log { category = "Administrative" }
}

resource "azurerm_storage_account" "unlocked" {
  name = "archive"
  immutability_policy {
    state                         = "Unlocked" # expect
    period_since_creation_in_days = 365
    allow_protected_append_writes = true
  }
}
