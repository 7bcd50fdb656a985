# Firewalls that Azure's services have of their own: `import data.paylint.azure_fences`.
#
# METADATA
# title: Network rules of Azure's services
package paylint.azure_fences

import data.paylint.blocks
import data.paylint.lib

# Blocks of a service with a `default_action`.
_blocks := ["network_acls", "network_rule_set", "network_rulesets", "network_rules"]

# The same as a resource beside the service: service -> type -> arguments that name the service.
_beside := {
	"azurerm_servicebus_namespace": {"azurerm_servicebus_namespace_network_rule_set": ["namespace_id", "namespace_name"]},
	"azurerm_signalr_service": {"azurerm_signalr_service_network_acl": ["signalr_service_id"]},
	"azurerm_storage_account": {"azurerm_storage_account_network_rules": ["storage_account_id", "storage_account_name"]},
	"azurerm_web_pubsub": {"azurerm_web_pubsub_network_acl": ["web_pubsub_id"]},
}

# Where a service's firewall lists the addresses it lets in.
_ranges := [
	["network_acls", "*", "ip_rules"],
	["network_rules", "*", "ip_rules"],
	["network_rulesets", "*", "ip_rule", "*", "ip_mask"],
	["network_rule_set", "*", "ip_rule", "*", "ip_mask"],
	["network_rule_set", "*", "ip_rule", "*", "ip_range"],
	["inbound_ip_rule", "*", "ip_mask"],
]

# fenced(r): r lets in what its firewall names, and nobody else.
fenced(r) if {
	some key in _blocks
	lower(lib.text(r.config[key][_].default_action)) == "deny"
}

fenced(r) if lib.known(r.config.inbound_ip_rule[_])

fenced(r) if lower(lib.text(r.config.network_profile[_].account_access[_].default_action)) == "deny"

fenced(r) if {
	some type, keys in _beside[r.type]
	rules := input.terraform[type][_]
	lower(lib.text(rules.config.default_action)) == "deny"
	lib.refers(rules, keys[_], r)
}

# fenced_perhaps(r): that is known only at apply.
fenced_perhaps(r) if {
	some key in array.concat(_blocks, ["network_profile"])
	lib.has_unknown(object.get(r.config, key, []))
}

fenced_perhaps(r) if {
	some type, keys in _beside[r.type]
	rules := input.terraform[type][_]
	lib.is_unknown(rules.config.default_action)
	lib.refers(rules, keys[_], r)
}

# allowing(r): the paths in r at which its firewall lets everybody in who is not named.
allowing(r) := [[key, i, "default_action"] |
	some key in _blocks
	lower(lib.text(r.config[key][i].default_action)) == "allow"
]

# open_ranges(r): {path, range} of the ranges that are everyone. In a block whose rules are for letting in.
open_ranges(r) := [{"path": path, "range": range} |
	some shape in _ranges
	found := blocks.settings(r.config, shape)[_]
	some indexed in _items(found)
	range := indexed.range
	path := indexed.path
	lib.cidr_is_open(range)
	not lower(lib.text(object.get(r.config, array.concat(array.slice(path, 0, count(path) - 1), ["action"]), ""))) == "deny"
]

_items(found) := [{"path": array.concat(found.path, [i]), "range": range} | range := found.value[i]] if {
	is_array(found.value)
} else := [{"path": found.path, "range": found.value}] if {
	is_string(found.value)
} else := []
