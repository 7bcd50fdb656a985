resource "azurerm_managed_disk" "cards" { # expect
  name = "cards"
}

resource "azurerm_linux_virtual_machine" "vault" {
  name = "vault"

  os_disk { # expect
    caching = "ReadWrite"
  }
}

resource "azurerm_storage_account" "receipts" { # expect
  name = "receipts"
}

resource "azurerm_cosmosdb_account" "orders" { # expect
  name = "orders"
}

resource "azurerm_mssql_server" "ledger" { # expect
  name = "ledger"
}

resource "azurerm_mssql_server_transparent_data_encryption" "ledger" {
  server_id = azurerm_mssql_server.ledger.id
}

resource "azurerm_postgresql_server" "old" { # expect
  name = "old"
}

resource "azurerm_kubernetes_cluster" "pods" { # expect
  name = "pods"
}
