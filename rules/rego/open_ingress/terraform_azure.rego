# METADATA
# title: An Azure network security group or firewall lets the whole internet reach administration, databases or every port
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - azurerm_network_security_group
#       - azurerm_network_security_rule
#       - azurerm_firewall_nat_rule_collection
#       - azurerm_firewall_policy_rule_collection_group
package paylint.rules.open_ingress.terraform_azure

import data.paylint.lib

# Rules of security groups, in them and beside them: {subject, name, rule, path}.
rules contains {"subject": r.id, "name": r.name, "rule": rule, "path": ["security_rule", i]} if {
	r := input.terraform.azurerm_network_security_group[_]
	rule := r.config.security_rule[i]
	is_object(rule)
}

rules contains {"subject": r.id, "name": r.name, "rule": r.config, "path": []} if {
	r := input.terraform.azurerm_network_security_rule[_]
}

# Those that let something in, or may do so.
ways contains item if {
	some item in rules
	is_or_may_be(item.rule, "direction", "inbound")
	is_or_may_be(item.rule, "access", "allow")
}

is_or_may_be(rule, key, word) if lower(lib.text(rule[key])) == word

is_or_may_be(rule, key, _) if lib.is_unknown(rule[key])

applies contains r.id if {
	r := input.terraform.azurerm_network_security_group[_]
	lib.present(r.config, "security_rule")
}

applies contains item.subject if {
	some item in ways
}

# Everyone: "*", a range that is everything, or the service tag "Internet".
sources contains {"way": item, "source": source, "path": array.concat(item.path, ["source_address_prefix"])} if {
	some item in ways
	source := lib.text(item.rule.source_address_prefix)
	lib.cidr_is_open(source)
}

sources contains {"way": item, "source": source, "path": array.concat(item.path, ["source_address_prefixes", i])} if {
	some item in ways
	source := lib.text(item.rule.source_address_prefixes[i])
	lib.cidr_is_open(source)
}

ports(rule) := array.concat(
	lib.as_array(object.get(rule, "destination_port_range", [])),
	lib.as_array(object.get(rule, "destination_port_ranges", [])),
)

every_port(ranges) if {
	lib.port_in_text(1, ranges)
	lib.port_in_text(65535, ranges)
	lib.port_in_text(32768, ranges)
}

reached(ranges) := "every port" if every_port(ranges)

reached(ranges) := sprintf("port %v", [found[0]]) if {
	not every_port(ranges)
	found := [port | some port in lib.guarded_ports; lib.port_in_text(port, ranges)]
	count(found) > 0
}

carries_ports(rule) if not lower(sprintf("%v", [object.get(rule, "protocol", "*")])) in {"icmp", "esp", "ah"}

decided(rule) if {
	unclear := [key | some key in ["direction", "access"]; lib.is_unknown(rule[key])]
	count(unclear) == 0
}

deny contains {"subject": found.way.subject, "path": found.path, "msg": msg} if {
	some found in sources
	decided(found.way.rule)
	carries_ports(found.way.rule)
	what := reached(known_ports(found.way.rule))
	msg := sprintf("`%s` lets the whole internet (%s) reach %s; name the addresses that need it", [found.way.name, found.source, what])
}

known_ports(rule) := [item | some item in ports(rule); lib.known(item)]

unknown contains {"subject": item.subject, "reason": "its sources, ports or direction are known only at apply"} if {
	some item in ways
	unclear(item.rule)
	not harmless(item.rule)
}

unclear(rule) if {
	some key in ["direction", "access", "protocol", "source_address_prefix", "source_address_prefixes", "destination_port_range", "destination_port_ranges"]
	lib.has_unknown(rule[key])
}

# Known sources, none of which is everyone, or known ports, none of which is guarded: whatever the rest turns out to be.
harmless(rule) if {
	known_sources(rule)
	everyone := [source | some source in all_sources(rule); lib.cidr_is_open(source)]
	count(everyone) == 0
}

harmless(rule) if {
	not lib.has_unknown(ports(rule))
	not reached(ports(rule))
}

known_sources(rule) if not lib.has_unknown(all_sources(rule))

all_sources(rule) := array.concat(
	lib.as_array(object.get(rule, "source_address_prefix", [])),
	lib.as_array(object.get(rule, "source_address_prefixes", [])),
)

unknown contains {"subject": r.id, "reason": "its rules are known only at apply"} if {
	r := input.terraform.azurerm_network_security_group[_]
	lib.is_unknown(r.config.security_rule)
}

unknown contains {"subject": r.id, "reason": "its rules are known only at apply"} if {
	r := input.terraform.azurerm_network_security_group[_]
	lib.is_unknown(r.config.security_rule[_])
}

# Azure Firewall: address translation is its way in. What counts is the port outside, and the one it leads to.
translations contains {"subject": r.id, "name": r.name, "rule": rule, "path": ["rule", i]} if {
	r := input.terraform.azurerm_firewall_nat_rule_collection[_]
	rule := r.config.rule[i]
	is_object(rule)
	not lower(lib.text(r.config.action)) == "snat"
}

translations contains {"subject": r.id, "name": r.name, "rule": rule, "path": ["nat_rule_collection", i, "rule", j]} if {
	r := input.terraform.azurerm_firewall_policy_rule_collection_group[_]
	rule := r.config.nat_rule_collection[i].rule[j]
	is_object(rule)
}

applies contains item.subject if some item in translations

deny contains {"subject": item.subject, "path": array.concat(item.path, ["source_addresses", i]), "msg": msg} if {
	some item in translations
	source := lib.text(item.rule.source_addresses[i])
	lib.cidr_is_open(source)
	outside := lib.as_array(object.get(item.rule, "destination_ports", []))
	behind := lib.as_array(object.get(item.rule, "translated_port", []))
	what := reached([port | some port in array.concat(outside, behind); lib.known(port)])
	msg := sprintf("`%s` lets the whole internet (%s) reach %s; name the addresses that need it", [item.name, source, what])
}

unknown contains {"subject": item.subject, "reason": "its sources or ports are known only at apply"} if {
	some item in translations
	some key in ["source_addresses", "destination_ports", "translated_port"]
	lib.has_unknown(item.rule[key])
}
