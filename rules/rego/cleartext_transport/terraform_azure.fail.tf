resource "azurerm_redis_cache" "sessions" {
  non_ssl_port_enabled = true # expect
}

resource "azurerm_storage_account" "files" {
  https_traffic_only_enabled = false # expect
}
