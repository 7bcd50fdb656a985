resource "azurerm_public_ip" "vault" {
  name              = "vault"
  allocation_method = "Static"
}

resource "azurerm_network_interface" "vault" {
  name = "vault"

  ip_configuration { # expect
    name                          = "internal"
    private_ip_address_allocation = "Dynamic"
    public_ip_address_id          = azurerm_public_ip.vault.id
  }
}

resource "azurerm_linux_virtual_machine_scale_set" "workers" {
  name = "workers"

  network_interface {
    name = "main"

    ip_configuration {
      name = "main"

      public_ip_address { # expect
        name = "direct"
      }
    }
  }
}

resource "azurerm_kubernetes_cluster" "cards" {
  name = "cards"

  default_node_pool {
    name                   = "default"
    node_public_ip_enabled = true # expect
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "more" {
  name                  = "more"
  enable_node_public_ip = true # expect
}
