resource "azurerm_network_interface" "vault" {
  name = "vault"

  ip_configuration {
    name                          = "internal"
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_public_ip" "edge" {
  name = "edge"
}

# A firewall stands at the edge.
resource "azurerm_network_interface" "firewall" {
  name                  = "firewall"
  ip_forwarding_enabled = true

  ip_configuration {
    name                 = "outside"
    public_ip_address_id = azurerm_public_ip.edge.id
  }
}

resource "azurerm_linux_virtual_machine_scale_set" "workers" {
  name = "workers"

  network_interface {
    name = "main"

    ip_configuration {
      name = "main"
    }
  }
}

resource "azurerm_kubernetes_cluster" "cards" {
  name = "cards"

  default_node_pool {
    name = "default"
  }
}
