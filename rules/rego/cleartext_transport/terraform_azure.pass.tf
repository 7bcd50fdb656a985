resource "azurerm_redis_cache" "sessions" {
  non_ssl_port_enabled = false
}

resource "azurerm_storage_account" "files" {
  name = "files"
}
