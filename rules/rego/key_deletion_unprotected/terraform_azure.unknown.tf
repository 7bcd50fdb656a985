variable "protect" {
  type = bool
}

resource "azurerm_key_vault" "cards" {
  name                     = "cards"
  purge_protection_enabled = var.protect
}
