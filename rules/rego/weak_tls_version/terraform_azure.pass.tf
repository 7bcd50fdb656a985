resource "azurerm_redis_cache" "sessions" {
  minimum_tls_version = "1.2"
}

resource "azurerm_storage_account" "files" {
  min_tls_version = "TLS1_2"
}

resource "azurerm_mssql_server" "orders" {
  name = "orders"
}
