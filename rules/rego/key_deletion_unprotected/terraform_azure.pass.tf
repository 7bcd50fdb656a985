resource "azurerm_key_vault" "cards" {
  name                     = "cards"
  purge_protection_enabled = true
}

resource "azurerm_key_vault" "kv_softdelete" {
  purge_protection_enabled = true
  soft_delete_enabled      = true
}
