variable "ranges" { type = list(string) }

resource "azurerm_kubernetes_cluster" "shop" {
  api_server_access_profile {
    authorized_ip_ranges = var.ranges
  }
}
