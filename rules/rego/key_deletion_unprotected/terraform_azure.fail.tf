resource "azurerm_key_vault" "cards" { # expect
  name = "cards"
}

resource "azurerm_key_vault" "tokens" {
  name                     = "tokens"
  purge_protection_enabled = false # expect
}

resource "azurerm_key_vault" "kv_softdelete" {
  purge_protection_enabled = true
  soft_delete_enabled      = false # expect
}
