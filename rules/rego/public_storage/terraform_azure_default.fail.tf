resource "azurerm_storage_account" "default" { # expect
  name = "default"
}
