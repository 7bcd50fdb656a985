resource "azurerm_key_vault_secret" "gateway" {
  name            = "gateway"
  key_vault_id    = "vault"
  expiration_date = "2030-12-31T00:00:00Z"
}

resource "azurerm_key_vault_secret" "bank" {
  name            = "bank"
  key_vault_id    = "vault"
  expiration_date = timeadd(timestamp(), "2160h")
}
