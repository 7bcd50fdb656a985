variable "roles" {}

resource "azurerm_kubernetes_cluster" "shop" {
  role_based_access_control_enabled = var.roles
}
