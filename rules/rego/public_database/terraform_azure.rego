# METADATA
# title: An Azure database has a public address, or lets everyone through its firewall
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - azurerm_mssql_server
#       - azurerm_mssql_managed_instance
#       - azurerm_sql_managed_instance
#       - azurerm_postgresql_server
#       - azurerm_mysql_server
#       - azurerm_mariadb_server
#       - azurerm_postgresql_flexible_server
#       - azurerm_mysql_flexible_server
#       - azurerm_cosmosdb_account
#       - azurerm_cosmosdb_postgresql_cluster
#       - azurerm_mongo_cluster
#       - azurerm_redis_cache
#       - azurerm_managed_redis
#       - azurerm_synapse_workspace
#       - azurerm_kusto_cluster
#       - azurerm_search_service
#       - azurerm_mssql_virtual_machine
#       - azurerm_analysis_services_server
#       - azurerm_mssql_firewall_rule
#       - azurerm_sql_firewall_rule
#       - azurerm_postgresql_firewall_rule
#       - azurerm_mysql_firewall_rule
#       - azurerm_mariadb_firewall_rule
#       - azurerm_postgresql_flexible_server_firewall_rule
#       - azurerm_mysql_flexible_server_firewall_rule
#       - azurerm_cosmosdb_postgresql_firewall_rule
#       - azurerm_mongo_cluster_firewall_rule
#       - azurerm_synapse_firewall_rule
#       - azurerm_redis_firewall_rule
#   reads:
#     - [public_network_access_enabled]
#     - [public_network_access]
#     - [public_data_endpoint_enabled]
#     - [coordinator_public_ip_access_enabled]
#     - [node_public_ip_access_enabled]
#     - [ip_range_filter, "*"]
#     - [is_virtual_network_filter_enabled]
#     - [allowed_ip_ranges, "*"]
#     - [allowed_ips, "*"]
#     - [sql_connectivity_type]
#     - [ipv4_firewall_rule, range_start]
#     - [ipv4_firewall_rule, range_end]
#     - [start_ip_address]
#     - [end_ip_address]
#     - [start_ip]
#     - [end_ip]
package paylint.rules.public_database.terraform_azure

import data.paylint.lib

# Public where nothing is written. A firewall in front does not make the address private; the stores whose own list of
# addresses counts are below.
public_by_default := {
	"azurerm_mssql_server": "public_network_access_enabled",
	"azurerm_postgresql_server": "public_network_access_enabled",
	"azurerm_mysql_server": "public_network_access_enabled",
	"azurerm_mariadb_server": "public_network_access_enabled",
	"azurerm_postgresql_flexible_server": "public_network_access_enabled",
	"azurerm_mysql_flexible_server": "public_network_access_enabled",
	"azurerm_cosmosdb_account": "public_network_access_enabled",
	"azurerm_cosmosdb_postgresql_cluster": "coordinator_public_ip_access_enabled",
	"azurerm_mongo_cluster": "public_network_access",
	"azurerm_redis_cache": "public_network_access_enabled",
	"azurerm_managed_redis": "public_network_access",
	"azurerm_synapse_workspace": "public_network_access_enabled",
	"azurerm_kusto_cluster": "public_network_access_enabled",
	"azurerm_search_service": "public_network_access_enabled",
}

public_if_asked := {
	"azurerm_mssql_managed_instance": "public_data_endpoint_enabled",
	"azurerm_sql_managed_instance": "public_data_endpoint_enabled",
	"azurerm_cosmosdb_postgresql_cluster": "node_public_ip_access_enabled",
}

# Lists of addresses of the store itself.
filters := {
	"azurerm_cosmosdb_account": "ip_range_filter",
	"azurerm_kusto_cluster": "allowed_ip_ranges",
	"azurerm_search_service": "allowed_ips",
}

applies contains r.id if {
	some table in [public_by_default, public_if_asked]
	some type, _ in table
	r := input.terraform[type][_]
}

on(value) if lib.truthy(value)

on(value) if lower(lib.text(value)) == "enabled"

# Flexible MySQL: "Enabled" or "Disabled" at a key of another name, too.
switch(r, key) := value if {
	value := r.config.public_network_access
	value != null
} else := r.config[key]

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, key in public_by_default
	r := input.terraform[type][_]
	lib.present(r.config, key)
	on(switch(r, key))
	not inside(r)
	not narrowed(r)
	not undecided(r)
	msg := sprintf("`%s` has a public address; switch %s off, and reach it through a private endpoint", [r.name, key])
}

deny contains {"subject": r.id, "path": ["public_network_access"], "msg": msg} if {
	r := input.terraform.azurerm_mysql_flexible_server[_]
	on(r.config.public_network_access)
	not inside(r)
	msg := sprintf("`%s` has a public address; set public_network_access = \"Disabled\", and reach it through a private endpoint", [r.name])
}

deny contains {"subject": r.id, "path": [key], "msg": msg, "confidence": "medium"} if {
	some type, key in public_by_default
	r := input.terraform[type][_]
	not lib.present(r.config, key)
	not lib.present(r.config, "public_network_access")
	not inside(r)
	not narrowed(r)
	not undecided(r)
	not copied(r)
	msg := sprintf("without %s `%s` has a public address; switch it off, and use a private endpoint", [key, r.name])
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, key in public_if_asked
	r := input.terraform[type][_]
	lib.truthy(r.config[key])
	msg := sprintf("`%s` has a public address; leave %s off", [r.name, key])
}

# In a subnet of its own.
inside(r) if {
	some key in ["delegated_subnet_id", "subnet_id"]
	lib.present(r.config, key)
}

# The store's own list lets in known addresses, or known networks only.
narrowed(r) if {
	key := filters[r.type]
	count(ranges(r, key)) > 0
	not opened(r)
}

narrowed(r) if {
	r.type == "azurerm_cosmosdb_account"
	lib.truthy(r.config.is_virtual_network_filter_enabled)
	not opened(r)
}

# Whom it lets in is known only at apply.
undecided(r) if lib.has_unknown(r.config[filters[r.type]])

undecided(r) if {
	r.type == "azurerm_cosmosdb_account"
	lib.is_unknown(r.config.is_virtual_network_filter_enabled)
}

opened(r) if {
	key := filters[r.type]
	some item in ranges(r, key)
	everyone(item)
}

ranges(r, key) := [trim_space(part) |
	some item in lib.as_array(r.config[key])
	some part in split(lib.text(item), ",")
	trim_space(part) != ""
]

everyone(range) if lib.cidr_is_open(range)

# "0.0.0.0" stands for all of Azure, other customers included.
everyone(range) if range == "0.0.0.0"

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, key in filters
	r := input.terraform[type][_]
	not lib.falsy(r.config.public_network_access_enabled)
	some range in ranges(r, key)
	everyone(range)
	msg := sprintf("%s lets everyone reach `%s` (%s); name the addresses that need it", [key, r.name, range])
}

# A replica, or what is restored, may take over its source's setting.
copied(r) if {
	r.type in {"azurerm_postgresql_flexible_server", "azurerm_mysql_flexible_server"}
	r.config.create_mode in {"Replica", "PointInTimeRestore", "GeoRestore"}
}

unknown contains {"subject": r.id, "reason": "it takes over the network of its source"} if {
	some type in ["azurerm_postgresql_flexible_server", "azurerm_mysql_flexible_server"]
	r := input.terraform[type][_]
	not lib.present(r.config, "public_network_access_enabled")
	not inside(r)
	copied(r)
}

# Firewall rules.
firewalls := [
	"azurerm_mssql_firewall_rule",
	"azurerm_sql_firewall_rule",
	"azurerm_postgresql_firewall_rule",
	"azurerm_mysql_firewall_rule",
	"azurerm_mariadb_firewall_rule",
	"azurerm_postgresql_flexible_server_firewall_rule",
	"azurerm_mysql_flexible_server_firewall_rule",
	"azurerm_cosmosdb_postgresql_firewall_rule",
	"azurerm_mongo_cluster_firewall_rule",
	"azurerm_synapse_firewall_rule",
	"azurerm_redis_firewall_rule",
]

applies contains r.id if {
	some type in firewalls
	r := input.terraform[type][_]
}

# Redis has shorter names.
bounds := [["start_ip_address", "end_ip_address"], ["start_ip", "end_ip"]]

deny contains {"subject": r.id, "path": [keys[1]], "msg": msg} if {
	some type in firewalls
	r := input.terraform[type][_]
	some keys in bounds
	start := lib.text(r.config[keys[0]])
	end := lib.text(r.config[keys[1]])
	width := first_number(end) - first_number(start)
	width >= 1
	msg := sprintf("`%s` lets %s in (%s to %s); name the addresses that need it", [r.name, how_much(width), start, end])
}

deny contains {"subject": r.id, "path": [keys[1]], "msg": msg} if {
	some type in firewalls
	r := input.terraform[type][_]
	some keys in bounds
	r.config[keys[0]] == "0.0.0.0"
	r.config[keys[1]] == "0.0.0.0"
	msg := sprintf("0.0.0.0 in `%s` stands for all of Azure, other customers included; use a private endpoint or name the addresses", [r.name])
}

# Two first numbers are millions of addresses: no own network is that wide.
how_much(width) := "the whole internet" if width >= 127

how_much(width) := "a large part of the internet" if width < 127

first_number(address) := lib.number(split(address, ".")[0])

# SQL Server on a machine of one's own: private where nothing is written.
applies contains r.id if r := input.terraform.azurerm_mssql_virtual_machine[_]

deny contains {"subject": r.id, "path": ["sql_connectivity_type"], "msg": msg} if {
	r := input.terraform.azurerm_mssql_virtual_machine[_]
	upper(lib.text(r.config.sql_connectivity_type)) == "PUBLIC"
	msg := sprintf("SQL Server on `%s` answers the internet; set sql_connectivity_type = \"PRIVATE\"", [r.name])
}

applies contains r.id if {
	r := input.terraform.azurerm_analysis_services_server[_]
	lib.present(r.config, "ipv4_firewall_rule")
}

deny contains {"subject": r.id, "path": ["ipv4_firewall_rule", i, "range_end"], "msg": msg} if {
	r := input.terraform.azurerm_analysis_services_server[_]
	rule := r.config.ipv4_firewall_rule[i]
	first_number(lib.text(rule.range_end)) - first_number(lib.text(rule.range_start)) >= 127
	msg := sprintf("`%s` lets the whole internet in; name the addresses that need it", [r.name])
}
