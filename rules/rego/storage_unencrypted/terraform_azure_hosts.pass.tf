resource "azurerm_linux_virtual_machine" "tokens" {
  name                       = "tokens"
  encryption_at_host_enabled = true
}

resource "azurerm_windows_virtual_machine" "reports" {
  name = "reports"
}

resource "azurerm_virtual_machine_extension" "reports" {
  name               = "encryption"
  virtual_machine_id = azurerm_windows_virtual_machine.reports.id
  publisher          = "Microsoft.Azure.Security"
  type               = "AzureDiskEncryption"
}

resource "azurerm_kubernetes_cluster" "cards" {
  name = "cards"

  default_node_pool {
    name                    = "default"
    host_encryption_enabled = true
  }
}
