resource "azurerm_linux_virtual_machine" "tokens" { # expect
  name = "tokens"
  size = "Standard_F2"

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }
}

resource "azurerm_windows_virtual_machine_scale_set" "terminals" {
  name                       = "terminals"
  encryption_at_host_enabled = false # expect
}

resource "azurerm_kubernetes_cluster" "cards" {
  name = "cards"

  default_node_pool {
    name                    = "default"
    host_encryption_enabled = false # expect
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "more" {
  name                   = "more"
  enable_host_encryption = false # expect
}
