variable "scope" { type = string }

resource "azurerm_role_assignment" "pipeline" {
  scope                = var.scope
  role_definition_name = "Owner"
}
