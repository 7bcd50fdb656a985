# Azure's resources as its own interface knows them, which the azapi provider hands on: `import data.paylint.azapi`.
#
# METADATA
# title: Resources of the azapi provider
package paylint.azapi

# resources: every one with a body that can be read: {r, kind, properties}; `kind` is "microsoft.storage/storageaccounts".
# What is said stands below body.properties in its config.
resources contains {"r": r, "kind": kind, "properties": properties} if {
	some type in ["azapi_resource", "azapi_update_resource"]
	r := input.terraform[type][_]
	is_string(r.config.type)
	kind := lower(split(r.config.type, "@")[0])
	properties := r.config.body.properties
	is_object(properties)
}

# path(keys): where they are written.
path(keys) := array.concat(["body", "properties"], keys)

# made(item): it is made here in full, not only changed.
made(item) if item.r.type == "azapi_resource"

# said(table): what resources say at the places of a table, kind -> keys -> anything: {item, keys, value, entry}.
said(table) := {{"item": item, "keys": keys, "value": value, "entry": entry} |
	some item in resources
	some keys, entry in table[item.kind]
	value := object.get(item.properties, split(keys, "."), null)
	value != null
}
