resource "azurerm_mssql_server" "orders" {
  name = "orders"
}

resource "azurerm_mssql_server_extended_auditing_policy" "orders" {
  server_id              = azurerm_mssql_server.orders.id
  log_monitoring_enabled = true
}

resource "azurerm_sql_server" "old" {
  extended_auditing_policy {
    storage_endpoint = "https://logs.example.net"
  }
}

resource "azurerm_mssql_server" "by_database" {
  name = "by-database"
}

resource "azurerm_mssql_database" "orders" {
  server_id = azurerm_mssql_server.by_database.id
}

resource "azurerm_mssql_database_extended_auditing_policy" "orders" {
  database_id = azurerm_mssql_database.orders.id
}

# Metrics and a category that is no audit may be off.
resource "azurerm_monitor_diagnostic_setting" "vault" {
  target_resource_id = "vault"
  log {
    category = "AuditEvent"
  }
  log {
    category = "AzurePolicyEvaluationDetails"
    enabled  = false
  }
  metric {
    category = "AllMetrics"
    enabled  = false
  }
}

resource "azurerm_monitor_diagnostic_setting" "shop" {
  target_resource_id = azurerm_windows_web_app.shop.id
  enabled_log {
    category = "AppServiceHTTPLogs"
  }
}

resource "azurerm_windows_web_app" "shop" {
  name = "shop"
}

resource "azurerm_linux_web_app" "shop" {
  logs {
    http_logs {
      file_system {
        retention_in_days = 365
        retention_in_mb   = 35
      }
    }
  }
}

resource "azurerm_monitor_log_profile" "activity" {
  categories = ["Action", "Delete", "Write"]
  locations  = ["westeurope", "global"]
}

resource "azurerm_network_watcher_flow_log" "cards" {
  enabled = true
}

resource "azurerm_postgresql_configuration" "connections" {
  name  = "log_connections"
  value = "on"
}

# Off as it should be, and nothing of an audit.
resource "azurerm_postgresql_configuration" "other" {
  name  = "log_parser_stats"
  value = "off"
}
