resource "azurerm_disk_encryption_set" "des" {
  auto_key_rotation_enabled = false # expect
}

resource "azurerm_kubernetes_cluster" "aks_csi" {
  key_vault_secrets_provider { secret_rotation_enabled = false } # expect
}

resource "azurerm_key_vault_key" "kv_key_long" {
  rotation_policy {
    expire_after = "P10Y"
    automatic { time_after_creation = "P5Y" } # expect
  }
}
