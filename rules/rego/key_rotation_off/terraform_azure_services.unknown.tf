variable "rotate" {}

resource "azurerm_disk_encryption_set" "data" {
  auto_key_rotation_enabled = var.rotate
}
