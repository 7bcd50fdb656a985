data "azurerm_subscription" "primary" {}

resource "azurerm_resource_group" "shop" {
  name = "shop"
}

resource "azurerm_role_definition" "operator" {
  name  = "operator"
  scope = data.azurerm_subscription.primary.id

  permissions {
    actions = ["Microsoft.Compute/virtualMachines/*", "*/read"]
  }
}

# Everything, but of one resource group.
resource "azurerm_role_definition" "group_admin" {
  name              = "group admin"
  scope             = azurerm_resource_group.shop.id
  assignable_scopes = [azurerm_resource_group.shop.id]

  permissions {
    actions = ["*"]
  }
}

resource "azurerm_role_assignment" "group_owner" {
  scope                = azurerm_resource_group.shop.id
  role_definition_name = "Owner"
}

resource "azurerm_role_assignment" "reader" {
  scope                = data.azurerm_subscription.primary.id
  role_definition_name = "Reader"
}
