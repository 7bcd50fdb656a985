# METADATA
# title: An Azure database has a public address, or lets everyone through its firewall, by its own interface
# custom:
#   confidence: high
#   applies_to: {terraform: [azapi_resource, azapi_update_resource]}
package paylint.rules.public_database.terraform_azapi

import data.paylint.azapi
import data.paylint.blocks
import data.paylint.lib

address := {"publicNetworkAccess": {"bad": {"enabled"}, "what": "has a public address", "good": "\"Disabled\" and use a private endpoint"}}

network := {"network.publicNetworkAccess": {"bad": {"enabled"}, "what": "has a public address", "good": "\"Disabled\" and use a private endpoint"}}

switches := {
	"microsoft.cache/redis": address,
	"microsoft.dbformariadb/servers": address,
	"microsoft.dbformysql/flexibleservers": network,
	"microsoft.dbformysql/servers": address,
	"microsoft.dbforpostgresql/flexibleservers": network,
	"microsoft.dbforpostgresql/servers": address,
	"microsoft.documentdb/databaseaccounts": address,
	"microsoft.kusto/clusters": address,
	"microsoft.search/searchservices": address,
	"microsoft.sql/servers": address,
	"microsoft.sql/managedinstances": {"publicDataEndpointEnabled": {"bad": {"true"}, "what": "has a public address", "good": "false"}},
	"microsoft.synapse/workspaces": address,
}

applies contains found.item.r.id if some found in azapi.said(switches)

deny contains {"subject": found.item.r.id, "path": azapi.path(split(found.keys, ".")), "msg": msg} if {
	some found in azapi.said(switches)
	blocks.spelled(found.value) in found.entry.bad
	not narrowed(found.item)
	msg := sprintf("`%s` %s; set %s = %s", [found.item.r.name, found.entry.what, found.keys, found.entry.good])
}

unknown contains {"subject": found.item.r.id, "reason": "what it says is known only at apply"} if {
	some found in azapi.said(switches)
	lib.is_unknown(found.value)
}

# The store's own list lets in known addresses, or known networks only.
narrowed(item) if {
	some keys in [["ipRules"], ["allowedIpRangeList"], ["networkRuleSet", "ipRules"]]
	count(lib.as_array(object.get(item.properties, keys, []))) > 0
}

narrowed(item) if lib.truthy(item.properties.isVirtualNetworkFilterEnabled)

# Firewall rules, of whatever server.
firewalls contains item if {
	some item in azapi.resources
	endswith(item.kind, "/firewallrules")
	is_string(item.properties.startIpAddress)
	is_string(item.properties.endIpAddress)
}

applies contains item.r.id if some item in firewalls

first_number(address) := lib.number(split(address, ".")[0])

wide(item) if first_number(item.properties.endIpAddress) - first_number(item.properties.startIpAddress) >= 1

# That stands for all of Azure, other customers included.
wide(item) if {
	item.properties.startIpAddress == "0.0.0.0"
	item.properties.endIpAddress == "0.0.0.0"
}

deny contains {"subject": item.r.id, "path": azapi.path(["endIpAddress"]), "msg": msg} if {
	some item in firewalls
	wide(item)
	msg := sprintf("`%s` lets in everyone, or a large part of the internet (%s to %s); name the addresses that need it", [item.r.name, item.properties.startIpAddress, item.properties.endIpAddress])
}
