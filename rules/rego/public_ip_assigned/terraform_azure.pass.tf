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

resource "azurerm_virtual_machine_scale_set" "vmss_old" {
  network_profile {
    name = "n"
    ip_configuration { name = "i" }
  }
}

resource "azurerm_dev_test_linux_virtual_machine" "devtest" {
  disallow_public_ip_address = true
}

resource "azurerm_container_group" "container_group" {
  ip_address_type = "Private"
}

resource "azurerm_container_group" "container_group_default" {
  subnet_ids      = ["abc"]
  ip_address_type = "Private"
  container {
    name = "a"
    ports { port = 80 }
  }
}

resource "azurerm_machine_learning_compute_instance" "ml_compute" {
  node_public_ip_enabled = false
}

resource "azurerm_machine_learning_compute_cluster" "ml_cluster_ssh" {
  node_public_ip_enabled    = false
  ssh_public_access_enabled = false
}
