resource "azurerm_cosmosdb_cassandra_cluster" "cassandra" {
  authentication_method = "None" # expect
}

resource "azurerm_redis_cache" "redis_old" {
  redis_configuration { enable_authentication = false } # expect
}

resource "azurerm_redis_cache" "redis_new" {
  redis_configuration { authentication_enabled = false } # expect
}
