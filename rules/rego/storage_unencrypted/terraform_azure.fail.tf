resource "azurerm_mssql_database" "orders" {
  transparent_data_encryption_enabled = false # expect
}

resource "azurerm_data_lake_store" "lake" {
  encryption_state = "Disabled" # expect
}

resource "azurerm_kusto_cluster" "events" { # expect
  name = "events"
}

resource "azurerm_kusto_cluster" "old" {
  enable_disk_encryption = false # expect
}

resource "azurerm_synapse_sql_pool" "reports" { # expect
  name = "reports"
}

resource "azurerm_automation_variable_string" "account" {
  encrypted = false # expect
}

resource "azurerm_automation_variable_int" "limit" { # expect
  value = 5
}

resource "azurerm_managed_disk" "orders" {
  name = "orders"

  encryption_settings {
    enabled = false # expect
  }
}

resource "azurerm_mssql_virtual_machine" "mssql_vm_backup" {
  auto_backup {
    encryption_enabled       = false # expect
    retention_period_in_days = 30
  }
}

resource "azurerm_app_service_environment_v3" "ase_internal" {
  cluster_setting {
    name  = "InternalEncryption"
    value = "false" # expect
  }
}
