resource "azurerm_log_analytics_workspace" "default" { # expect
  name = "default"
}

resource "azurerm_log_analytics_workspace" "short" {
  retention_in_days = 90 # expect
}

resource "azurerm_network_watcher_flow_log" "cards" {
  retention_policy {
    enabled = true
    days    = 30 # expect
  }
}

resource "azurerm_monitor_log_profile" "activity" {
  retention_policy {
    enabled = true
    days    = "7" # expect
  }
}

resource "azurerm_monitor_diagnostic_setting" "vault" {
  enabled_log {
    category = "AuditEvent"
    retention_policy {
      enabled = true
      days    = 364 # expect
    }
  }
}

resource "azurerm_mssql_server_extended_auditing_policy" "orders" {
  retention_in_days = 6 # expect
}

resource "azurerm_sql_server" "orders" {
  extended_auditing_policy {
    retention_in_days = 90 # expect
  }
}

resource "azurerm_mssql_server_security_alert_policy" "orders" {
  retention_days = 20 # expect
}

resource "azurerm_storage_account" "queues" {
  queue_properties {
    logging {
      delete                = true
      read                  = true
      write                 = true
      retention_policy_days = 10 # expect
    }
    hour_metrics {
      retention_policy_days = 10
    }
  }
}
