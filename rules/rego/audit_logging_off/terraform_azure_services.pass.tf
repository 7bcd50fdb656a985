resource "azurerm_mssql_managed_instance" "mi_none" {
  name = "a"
}
resource "azurerm_monitor_diagnostic_setting" "mi_none_d" {
  target_resource_id = azurerm_mssql_managed_instance.mi_none.id
  enabled_log { category = "SQLSecurityAuditEvents" }
}

resource "azurerm_kubernetes_cluster" "aks" {
  name = "a"
  oms_agent { log_analytics_workspace_id = "abc" }
}

resource "azurerm_kubernetes_cluster" "aks_addon" {
  name = "a"
}
resource "azurerm_monitor_diagnostic_setting" "aks_addon_d" {
  target_resource_id = azurerm_kubernetes_cluster.aks_addon.id
  enabled_log { category = "kube-audit" }
}

resource "azurerm_key_vault" "kv_none_k" {
  name = "a"
}
resource "azurerm_monitor_diagnostic_setting" "kv_none" {
  target_resource_id = azurerm_key_vault.kv_none_k.id
  enabled_log { category_group = "audit" }
}

# Not in scope, and its watcher is set up elsewhere.
resource "azurerm_virtual_network" "offices" {
  name = "offices"
}
