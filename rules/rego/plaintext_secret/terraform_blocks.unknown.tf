variable "password" { sensitive = true }

resource "azurerm_virtual_machine" "till" {
  os_profile {
    admin_password = var.password
  }
}
