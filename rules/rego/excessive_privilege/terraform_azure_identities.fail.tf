resource "azurerm_kubernetes_cluster" "aks_rbac" {
  role_based_access_control_enabled = false # expect
}

resource "azurerm_kubernetes_cluster" "aks_rbac_old" {
  role_based_access_control { enabled = false } # expect
}

resource "azuread_directory_role" "azuread_global_admin_g" {
  display_name = "Global Administrator"
}
resource "azuread_directory_role_assignment" "azuread_global_admin" { # expect
  role_id             = azuread_directory_role.azuread_global_admin_g.template_id
  principal_object_id = azuread_service_principal.ci.object_id
}
resource "azuread_service_principal" "ci" {}
