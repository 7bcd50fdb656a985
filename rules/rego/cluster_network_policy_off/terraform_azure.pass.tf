resource "azurerm_kubernetes_cluster" "calico" {
  name = "calico"

  network_profile {
    network_plugin = "azure"
    network_policy = "calico"
  }
}

resource "azurerm_kubernetes_cluster" "cilium" {
  name = "cilium"

  network_profile {
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_data_plane  = "cilium"
  }
}

# The network is installed afterwards.
resource "azurerm_kubernetes_cluster" "own" {
  name = "own"

  network_profile {
    network_plugin = "none"
  }
}
