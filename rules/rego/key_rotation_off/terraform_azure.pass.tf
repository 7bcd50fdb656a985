resource "azurerm_key_vault_key" "rotated" {
  rotation_policy {
    automatic {
      time_before_expiry = "P30D"
    }
    expire_after = "P90D"
  }
}

resource "azurerm_key_vault_key" "counted" {
  rotation_policy {
    automatic {
      time_after_creation = "P90D"
    }
  }
}

resource "azurerm_key_vault_key" "ends" {
  expiration_date = "2030-01-01T00:00:00Z"
}

resource "time_offset" "year" {
  offset_days = 365
}

resource "azurerm_key_vault_key" "ends_later" {
  expiration_date = time_offset.year.rfc3339
}

resource "azurerm_key_vault_managed_hardware_security_module_key" "data" {
  name = "data"
}

resource "azurerm_key_vault_managed_hardware_security_module_key_rotation_policy" "data" {
  managed_hsm_key_id = azurerm_key_vault_managed_hardware_security_module_key.data.id
}

# A secret is no key.
resource "azurerm_key_vault_secret" "token" {
  name            = "token"
  expiration_date = "2030-12-31T00:00:00Z"
}
