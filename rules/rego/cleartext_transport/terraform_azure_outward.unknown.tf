variable "backend" {}

resource "azurerm_api_management_backend" "pay" {
  url = var.backend
}
