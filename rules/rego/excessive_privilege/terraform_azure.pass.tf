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

data "azurerm_subscription" "role_authz_s" {}
resource "azurerm_role_definition" "role_authz" {
  scope = data.azurerm_subscription.role_authz_s.id
  permissions { actions = ["Microsoft.Authorization/*/read"] }
}

data "azurerm_subscription" "role_uaa_s" {}
resource "azurerm_role_assignment" "role_uaa" {
  scope                = data.azurerm_subscription.role_uaa_s.id
  role_definition_name = "Monitoring Reader"
}

resource "azurerm_resource_group" "role_contributor_g" {}
resource "azurerm_role_assignment" "role_contributor" {
  scope                = azurerm_resource_group.role_contributor_g.id
  role_definition_name = "Contributor"
}

# It may hand out one role.
resource "azurerm_role_assignment" "limited" {
  scope                = data.azurerm_subscription.primary.id
  role_definition_name = "Role Based Access Control Administrator"
  condition_version    = "2.0"
  condition            = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}"
}
