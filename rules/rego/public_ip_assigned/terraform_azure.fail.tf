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

resource "azurerm_virtual_machine_scale_set" "vmss_old" {
  network_profile {
    name = "n"
    ip_configuration {
      name = "i"
      public_ip_address_configuration { # expect
        name              = "p"
        idle_timeout      = 4
        domain_name_label = "abc"
      }
    }
  }
}

resource "azurerm_dev_test_linux_virtual_machine" "devtest" {
  disallow_public_ip_address = false # expect
}

resource "azurerm_container_group" "container_group" {
  ip_address_type = "Public" # expect
}

resource "azurerm_container_group" "container_group_default" { # expect
  container {
    name = "a"
    ports { port = 80 }
  }
}

resource "azurerm_machine_learning_compute_instance" "ml_compute" {
  node_public_ip_enabled = true # expect
}

resource "azurerm_machine_learning_compute_cluster" "ml_cluster_ssh" {
  node_public_ip_enabled    = false
  ssh_public_access_enabled = true # expect
}
