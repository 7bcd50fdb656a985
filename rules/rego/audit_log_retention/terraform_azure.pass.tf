resource "azurerm_log_analytics_workspace" "long" {
  retention_in_days = 365
}

# For ever: the switch is off, or the days are 0.
resource "azurerm_network_watcher_flow_log" "cards" {
  retention_policy {
    enabled = false
    days    = 0
  }
}

resource "azurerm_monitor_log_profile" "activity" {
  retention_policy {
    enabled = true
    days    = 0
  }
}

resource "azurerm_monitor_diagnostic_setting" "vault" {
  log {
    category = "AuditEvent"
    retention_policy {
      enabled = true
      days    = 365
    }
  }
  metric {
    category = "AllMetrics"
    retention_policy {
      enabled = true
      days    = 7
    }
  }
}

resource "azurerm_mssql_server_extended_auditing_policy" "orders" {
  retention_in_days = 0
}

resource "azurerm_mssql_database_extended_auditing_policy" "orders" {
  database_id = "orders"
}

resource "azurerm_log_analytics_workspace_table" "law_table" {
  name                    = "AuditLogs"
  retention_in_days       = 30
  total_retention_in_days = 730
}

resource "azurerm_linux_web_app" "applogs_blob" {
  logs {
    http_logs {
      azure_blob_storage {
        sas_url           = "abc"
        retention_in_days = 400
      }
    }
  }
}

resource "azurerm_storage_management_policy" "mgmt_policy" {
  rule {
    name    = "r"
    enabled = true
    filters {
      prefix_match = ["uploads/"]
      blob_types   = ["blockBlob"]
    }
    actions {
      base_blob { delete_after_days_since_modification_greater_than = 30 }
    }
  }
}

resource "azurerm_log_analytics_workspace_table" "printed" {
  name              = "ContainerLogV2"
  retention_in_days = 30
}

resource "azurerm_log_analytics_workspace_table" "measured" {
  name                    = "Perf"
  total_retention_in_days = 30
}
