resource "azurerm_kubernetes_cluster" "aks_rbac" {
  role_based_access_control_enabled = true
}

resource "azurerm_kubernetes_cluster" "aks_rbac_old" {
  role_based_access_control { enabled = true }
}

resource "azuread_directory_role" "azuread_global_admin_g" {
  display_name = "Directory Readers"
}
resource "azuread_directory_role_assignment" "azuread_global_admin" {
  role_id             = azuread_directory_role.azuread_global_admin_g.template_id
  principal_object_id = azuread_service_principal.ci.object_id
}
resource "azuread_service_principal" "ci" {}
