resource "azurerm_cosmosdb_cassandra_cluster" "cassandra" {
  authentication_method = "Cassandra"
}

resource "azurerm_redis_cache" "redis_old" {
  redis_configuration { enable_authentication = true }
}

resource "azurerm_redis_cache" "redis_new" {
  redis_configuration { maxmemory_policy = "allkeys-lru" }
}
