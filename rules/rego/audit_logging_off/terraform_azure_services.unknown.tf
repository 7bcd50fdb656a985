variable "target" {}

resource "azurerm_key_vault" "keys" {
  name = "keys"
}

resource "azurerm_monitor_diagnostic_setting" "one" {
  target_resource_id = var.target
  enabled_log { category = "AuditEvent" }
}
