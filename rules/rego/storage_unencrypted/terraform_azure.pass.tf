resource "azurerm_mssql_database" "orders" {
  name = "orders"
}

resource "azurerm_data_lake_store" "lake" {
  encryption_type = "ServiceManaged"
}

resource "azurerm_kusto_cluster" "events" {
  disk_encryption_enabled = true
}

resource "azurerm_kusto_cluster" "old" {
  enable_disk_encryption = true
}

resource "azurerm_synapse_sql_pool" "reports" {
  data_encrypted = true
}

resource "azurerm_automation_variable_string" "account" {
  encrypted = true
}

# Always encrypted: a second layer and keys of one's own are extra.
resource "azurerm_storage_account" "files" {
  infrastructure_encryption_enabled = false
}

resource "azurerm_managed_disk" "data" {
  storage_account_type = "Premium_LRS"
}

resource "azurerm_managed_disk" "orders" {
  name = "orders"
}

resource "azurerm_managed_disk" "tokens" {
  name = "tokens"

  encryption_settings {
    enabled = true
  }
}

resource "azurerm_mssql_virtual_machine" "mssql_vm_backup" {
  auto_backup {
    encryption_enabled       = true
    retention_period_in_days = 30
  }
}

resource "azurerm_app_service_environment_v3" "ase_internal" {
  cluster_setting {
    name  = "InternalEncryption"
    value = "true"
  }
}
