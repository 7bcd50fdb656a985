resource "azurerm_key_vault_key" "long" {
  key_type = "RSA-HSM"
  key_size = 4096
}

resource "azurerm_key_vault_key" "curve" {
  key_type = "EC"
  curve    = "P-256"
}

# 256 bits are enough for a symmetric key.
resource "azurerm_key_vault_managed_hardware_security_module_key" "symmetric" {
  key_type = "oct-HSM"
  key_size = 256
}

resource "azurerm_key_vault_certificate" "shop" {
  certificate_policy {
    key_properties {
      key_type = "RSA"
      key_size = 2048
    }
  }
}
