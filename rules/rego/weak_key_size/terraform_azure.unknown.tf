variable "bits" { type = number }

resource "azurerm_key_vault_key" "data" {
  key_type = "RSA"
  key_size = var.bits
}
