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

resource "azurerm_log_analytics_workspace_table" "law_table" {
  name                    = "AuditLogs"
  retention_in_days       = 30
  total_retention_in_days = 90 # expect
}

resource "azurerm_linux_web_app" "applogs_blob" {
  logs {
    http_logs {
      azure_blob_storage {
        sas_url           = "abc"
        retention_in_days = 30 # expect
      }
    }
  }
}

resource "azurerm_storage_management_policy" "mgmt_policy" {
  rule {
    name    = "r"
    enabled = true
    filters {
      prefix_match = ["insights-activity-logs/"]
      blob_types   = ["appendBlob"]
    }
    actions {
      base_blob { delete_after_days_since_modification_greater_than = 30 } # expect
    }
  }
}
