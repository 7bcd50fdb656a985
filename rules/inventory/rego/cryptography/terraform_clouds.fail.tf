resource "azurerm_storage_account" "receipts" { # expect
  name            = "receipts"
  min_tls_version = "TLS1_2"
}

resource "azurerm_linux_web_app" "shop" {
  name = "shop"
  site_config { # expect
    minimum_tls_version = "1.2"
  }
}

resource "google_kms_crypto_key" "orders" {
  name = "orders"
  version_template { # expect
    algorithm = "GOOGLE_SYMMETRIC_ENCRYPTION"
  }
}

resource "azurerm_key_vault_key" "signing" { # expect
  name     = "signing"
  key_type = "RSA"
  key_size = 3072
  key_opts = ["sign", "verify"]
}

resource "vault_transit_secret_backend_key" "cards" { # expect
  backend = "transit"
  name    = "cards"
}
