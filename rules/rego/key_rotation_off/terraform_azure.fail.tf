resource "azurerm_key_vault_key" "data" { # expect
  name     = "data"
  key_type = "RSA"
  key_size = 2048
}

resource "azurerm_key_vault_key" "warned" {
  name = "warned"
  rotation_policy { # expect
    notify_before_expiry = "P29D"
  }
}

resource "azurerm_key_vault_managed_hardware_security_module_key" "data" { # expect
  name = "data"
}
