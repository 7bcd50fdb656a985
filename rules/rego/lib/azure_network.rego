# Azure's network security rules, wherever they are written: `import data.paylint.azure_network`.
#
# METADATA
# title: Network security rules of Azure
package paylint.azure_network

import data.paylint.azapi
import data.paylint.lib

# rules: those of security groups, in them and beside them: {subject, name, rule, path}.
rules contains {"subject": r.id, "name": r.name, "rule": rule, "path": ["security_rule", i]} if {
	r := input.terraform.azurerm_network_security_group[_]
	rule := r.config.security_rule[i]
	is_object(rule)
}

rules contains {"subject": r.id, "name": r.name, "rule": r.config, "path": []} if {
	r := input.terraform.azurerm_network_security_rule[_]
}

rules contains {"subject": item.r.id, "name": item.r.name, "rule": rule, "path": azapi.path(["securityRules", i, "properties"])} if {
	some item in azapi.resources
	item.kind == "microsoft.network/networksecuritygroups"
	rule := item.properties.securityRules[i].properties
	is_object(rule)
}

rules contains {"subject": item.r.id, "name": item.r.name, "rule": item.properties, "path": azapi.path([])} if {
	some item in azapi.resources
	item.kind == "microsoft.network/networksecuritygroups/securityrules"
}

_azapi_names := {
	"source_address_prefix": "sourceAddressPrefix",
	"source_address_prefixes": "sourceAddressPrefixes",
	"destination_port_range": "destinationPortRange",
	"destination_port_ranges": "destinationPortRanges",
}

# key(rule, argument): the name it has in this rule. azapi's are another's only where they have two words.
key(rule, argument) := _azapi_names[argument] if {
	lib.present(rule, _azapi_names[argument])
} else := argument

_list(rule, argument) := lib.as_array(object.get(rule, key(rule, argument), []))

# ways: rules that let something in, or may do so.
ways contains item if {
	some item in rules
	_is_or_may_be(item.rule, "direction", "inbound")
	_is_or_may_be(item.rule, "access", "allow")
}

_is_or_may_be(rule, argument, word) if lower(lib.text(rule[argument])) == word

_is_or_may_be(rule, argument, _) if lib.is_unknown(rule[argument])

# decided(rule): that it lets in is known.
decided(rule) if {
	unclear := [argument | some argument in ["direction", "access"]; lib.is_unknown(rule[argument])]
	count(unclear) == 0
}

# sources: {way, source, path} of every way's sources that are known.
sources contains {"way": item, "source": source, "path": array.concat(item.path, [name])} if {
	some item in ways
	name := key(item.rule, "source_address_prefix")
	source := lib.text(item.rule[name])
}

sources contains {"way": item, "source": source, "path": array.concat(item.path, [name, i])} if {
	some item in ways
	name := key(item.rule, "source_address_prefixes")
	source := lib.text(item.rule[name][i])
}

# ports(rule), known_ports(rule), all_sources(rule): as lists.
ports(rule) := array.concat(_list(rule, "destination_port_range"), _list(rule, "destination_port_ranges"))

known_ports(rule) := [item | some item in ports(rule); lib.known(item)]

all_sources(rule) := array.concat(_list(rule, "source_address_prefix"), _list(rule, "source_address_prefixes"))

carries_ports(rule) if not lower(sprintf("%v", [object.get(rule, "protocol", "*")])) in {"icmp", "esp", "ah"}

# By a name of this package, for the embedded engine.
_guarded_ports := lib.guarded_ports

every_port(ranges) if {
	lib.port_in_text(1, ranges)
	lib.port_in_text(65535, ranges)
	lib.port_in_text(32768, ranges)
}

# reached(ranges): what of these ports is guarded, in words; undefined where nothing is.
reached(ranges) := "every port" if every_port(ranges)

reached(ranges) := sprintf("port %v", [found[0]]) if {
	not every_port(ranges)
	found := [port | some port in _guarded_ports; lib.port_in_text(port, ranges)]
	count(found) > 0
}

# unclear(rule): something that decides is known only at apply.
unclear(rule) if {
	some argument in ["direction", "access", "protocol"]
	lib.has_unknown(rule[argument])
}

unclear(rule) if lib.has_unknown(ports(rule))

unclear(rule) if lib.has_unknown(all_sources(rule))
