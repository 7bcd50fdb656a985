variable "login" {}

resource "azurerm_redis_cache" "sessions" {
  redis_configuration {
    authentication_enabled = var.login
  }
}
