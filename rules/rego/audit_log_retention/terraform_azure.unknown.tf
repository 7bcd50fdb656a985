resource "azurerm_log_analytics_workspace" "exported" {
  name = "exported"
}

resource "azurerm_log_analytics_data_export_rule" "exported" {
  workspace_resource_id   = azurerm_log_analytics_workspace.exported.id
  destination_resource_id = "/archive"
}
