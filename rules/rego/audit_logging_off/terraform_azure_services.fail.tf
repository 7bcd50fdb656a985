resource "azurerm_mssql_managed_instance" "mi_none" { # expect
  name = "a"
}

resource "azurerm_kubernetes_cluster" "aks" { # expect
  name = "a"
}

resource "azurerm_kubernetes_cluster" "aks_addon" { # expect
  addon_profile {
    oms_agent { enabled = false }
  }
}

resource "azurerm_key_vault" "kv_none_k" { # expect
  name = "a"
}

resource "azurerm_virtual_network" "cards" { # expect
  name = "cards"
  tags = {
    pci-scope = "true"
  }
}
