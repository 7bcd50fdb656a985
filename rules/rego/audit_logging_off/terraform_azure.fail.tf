resource "azurerm_mssql_server" "orders" { # expect
  name = "orders"
}

resource "azurerm_synapse_workspace" "reports" { # expect
  name = "reports"
}

resource "azurerm_mssql_server_extended_auditing_policy" "elsewhere" {
  server_id = "elsewhere"
  enabled   = false # expect
}

resource "azurerm_mssql_database_extended_auditing_policy" "elsewhere" {
  database_id = "elsewhere"
  enabled     = false # expect
}

resource "azurerm_monitor_diagnostic_setting" "vault" {
  target_resource_id = "vault"
  log {
    category = "AuditEvent"
    enabled  = false # expect
  }
  log {
    category = "AzurePolicyEvaluationDetails"
    enabled  = true
  }
}

resource "azurerm_monitor_diagnostic_setting" "nothing" {
  target_resource_id = "batch"
  log {
    category = "ServiceLog"
    enabled  = false # expect
  }
  metric {
    category = "AllMetrics"
  }
}

resource "azurerm_monitor_log_profile" "activity" {
  categories = ["Action", "Write"] # expect
  locations  = ["westeurope"] # expect
}

resource "azurerm_network_watcher_flow_log" "cards" {
  enabled = false # expect
}

resource "azurerm_postgresql_configuration" "connections" {
  name  = "log_connections"
  value = "off" # expect
}

resource "azurerm_postgresql_flexible_server_configuration" "audit" {
  name  = "pgaudit.log"
  value = "NONE" # expect
}

resource "azurerm_mysql_flexible_server_configuration" "audit" {
  name  = "audit_log_enabled"
  value = "OFF" # expect
}

resource "azurerm_linux_web_app" "shop" { # expect
  name = "shop"
}

resource "azurerm_app_service" "shop" {
  logs { # expect
    detailed_error_messages_enabled = true
  }
}

resource "azurerm_storage_account" "queues" {
  queue_properties {
    logging {
      delete = true
      read   = false # expect
      write  = true
    }
  }
}

resource "azurerm_storage_account_queue_properties" "queues" {
  logging {
    delete = false # expect
    read   = true
    write  = true
  }
}
