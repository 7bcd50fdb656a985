resource "azurerm_kubernetes_cluster" "plain" { # expect
  name = "plain"
}

resource "azurerm_kubernetes_cluster" "profiled" {
  name = "profiled"

  network_profile { # expect
    network_plugin = "azure"
  }
}

resource "azurerm_kubernetes_cluster" "named" {
  name = "named"

  network_profile {
    network_plugin = "azure"
    network_policy = "none" # expect
  }
}
