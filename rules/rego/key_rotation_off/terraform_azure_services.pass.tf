resource "azurerm_disk_encryption_set" "des" {
  auto_key_rotation_enabled = true
}

resource "azurerm_kubernetes_cluster" "aks_csi" {
  key_vault_secrets_provider { secret_rotation_enabled = true }
}

resource "azurerm_key_vault_key" "kv_key_long" {
  rotation_policy {
    expire_after = "P400D"
    automatic { time_after_creation = "P12M" }
  }
}
