variable "suites" { type = list(string) }

resource "azurerm_application_gateway" "shop" {
  ssl_policy {
    policy_type   = "Custom"
    cipher_suites = [var.suites[0]]
  }
}
