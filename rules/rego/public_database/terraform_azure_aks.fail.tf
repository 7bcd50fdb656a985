resource "azurerm_kubernetes_cluster" "shop" { # expect
  name = "shop"
}

resource "azurerm_kubernetes_cluster" "all" {
  api_server_access_profile {
    authorized_ip_ranges = ["0.0.0.0/0"] # expect
  }
}

resource "azurerm_kubernetes_cluster" "old" {
  private_cluster_enabled         = false
  api_server_authorized_ip_ranges = ["198.51.100.7/32", "0.0.0.0/0"] # expect
}
