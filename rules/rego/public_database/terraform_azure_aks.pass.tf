resource "azurerm_kubernetes_cluster" "private" {
  private_cluster_enabled = true
}

resource "azurerm_kubernetes_cluster" "ranges" {
  api_server_access_profile {
    authorized_ip_ranges = ["198.51.100.0/24"]
  }
}

resource "azurerm_kubernetes_cluster" "old" {
  api_server_authorized_ip_ranges = ["198.51.100.0/24"]
}
