variable "rotation" { type = list(string) }

resource "azurerm_key_vault_key" "data" {
  dynamic "rotation_policy" {
    for_each = var.rotation
    content {
      automatic {
        time_after_creation = rotation_policy.value
      }
    }
  }
}
