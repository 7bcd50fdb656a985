variable "only" { type = bool }

resource "azurerm_linux_web_app" "shop" {
  https_only = var.only
}
