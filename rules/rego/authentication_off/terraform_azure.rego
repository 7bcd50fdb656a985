# METADATA
# title: An Azure cache or database takes clients without a login
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_redis_cache, azurerm_cosmosdb_cassandra_cluster]}
#   reads:
#     - [redis_configuration, enable_authentication]
#     - [redis_configuration, authentication_enabled]
#     - [authentication_method]
package paylint.rules.authentication_off.terraform_azure

import data.paylint.lib

# The second name is that since version 4 of the provider. On where nothing is written.
switches := ["enable_authentication", "authentication_enabled"]

applies contains r.id if {
	some type in ["azurerm_redis_cache", "azurerm_cosmosdb_cassandra_cluster"]
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["redis_configuration", i, key], "msg": msg} if {
	r := input.terraform.azurerm_redis_cache[_]
	some key in switches
	lib.falsy(r.config.redis_configuration[i][key])
	msg := sprintf("whoever reaches cache `%s` may read and write it without a key; leave %s on", [r.name, key])
}

deny contains {"subject": r.id, "path": ["authentication_method"], "msg": msg} if {
	r := input.terraform.azurerm_cosmosdb_cassandra_cluster[_]
	lower(lib.text(r.config.authentication_method)) == "none"
	msg := sprintf("whoever reaches cluster `%s` may read and write it without a login; leave authentication_method = \"Cassandra\"", [r.name])
}
