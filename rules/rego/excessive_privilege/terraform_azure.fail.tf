data "azurerm_subscription" "primary" {}

data "azurerm_client_config" "current" {}

resource "azurerm_role_definition" "everything" {
  name  = "everything"
  scope = data.azurerm_subscription.primary.id

  permissions {
    actions     = ["*"] # expect
    not_actions = []
  }
}

resource "azurerm_role_definition" "all_data" {
  name              = "all data"
  scope             = "/subscriptions/00000000-0000-0000-0000-00000000abcd/resourceGroups/shop"
  assignable_scopes = ["/subscriptions/00000000-0000-0000-0000-00000000abcd"]

  permissions {
    actions      = ["Microsoft.Storage/storageAccounts/read"]
    data_actions = ["*"] # expect
  }
}

resource "azurerm_role_assignment" "pipeline" {
  scope                = data.azurerm_subscription.primary.id
  role_definition_name = "Owner" # expect
  principal_id         = "pipeline"
}

resource "azurerm_role_assignment" "by_text" {
  scope                = "/subscriptions/${data.azurerm_client_config.current.subscription_id}"
  role_definition_name = "Owner" # expect
  principal_id         = "pipeline"
}

resource "azurerm_role_assignment" "by_id" { # expect
  scope              = data.azurerm_subscription.primary.id
  role_definition_id = "${data.azurerm_subscription.primary.id}/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
  principal_id       = "pipeline"
}

data "azurerm_role_definition" "owner" {
  name = "Owner"
}

resource "azurerm_role_assignment" "looked_up" { # expect
  scope              = data.azurerm_subscription.primary.id
  role_definition_id = data.azurerm_role_definition.owner.id
  principal_id       = "pipeline"
}

data "azurerm_subscription" "role_authz_s" {}
resource "azurerm_role_definition" "role_authz" {
  scope = data.azurerm_subscription.role_authz_s.id
  permissions { actions = ["Microsoft.Authorization/*"] } # expect
}

data "azurerm_subscription" "role_uaa_s" {}
resource "azurerm_role_assignment" "role_uaa" {
  scope                = data.azurerm_subscription.role_uaa_s.id
  role_definition_name = "User Access Administrator" # expect
}

data "azurerm_subscription" "role_contributor_s" {}
resource "azurerm_role_assignment" "role_contributor" {
  scope                = data.azurerm_subscription.role_contributor_s.id
  role_definition_name = "Contributor" # expect
}

resource "azurerm_role_assignment" "by_masked_id" {
  scope              = "/subscriptions/00000000-0000-0000-0000-000000000000"
  role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635" # expect
}

resource "azurerm_role_assignment" "access_control" {
  scope                = data.azurerm_subscription.primary.id
  role_definition_name = "Role Based Access Control Administrator" # expect
}
