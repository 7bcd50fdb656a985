resource "azurerm_key_vault_secret" "gateway" { # expect
  name         = "gateway"
  key_vault_id = "vault"
}
