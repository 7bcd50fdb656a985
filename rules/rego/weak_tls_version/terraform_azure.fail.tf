resource "azurerm_redis_cache" "sessions" {
  minimum_tls_version = "1.0" # expect
}

resource "azurerm_storage_account" "files" {
  min_tls_version = "TLS1_1" # expect
}

resource "azurerm_mssql_server" "orders" {
  minimum_tls_version = "Disabled" # expect
}
