resource "azurerm_key_vault_key" "old" {
  key_type = "RSA"
  key_size = 1024 # expect
}

resource "azurerm_key_vault_certificate" "old" {
  certificate_policy {
    key_properties {
      key_type = "RSA-HSM"
      key_size = "1024" # expect
    }
  }
}
