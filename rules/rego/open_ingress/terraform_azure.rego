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
#       - azurerm_batch_pool
#       - azapi_resource
#       - azapi_update_resource
package paylint.rules.open_ingress.terraform_azure

import data.paylint.azure_network
import data.paylint.lib

applies contains r.id if {
	r := input.terraform.azurerm_network_security_group[_]
	lib.present(r.config, "security_rule")
}

applies contains item.subject if some item in azure_network.ways

# Everyone: "*", a range that is everything, or the service tag "Internet".
deny contains {"subject": found.way.subject, "path": found.path, "msg": msg} if {
	some found in azure_network.sources
	lib.cidr_is_open(found.source)
	azure_network.decided(found.way.rule)
	azure_network.carries_ports(found.way.rule)
	what := azure_network.reached(azure_network.known_ports(found.way.rule))
	msg := sprintf("`%s` lets the whole internet (%s) reach %s; name the addresses that need it", [found.way.name, found.source, what])
}

unknown contains {"subject": item.subject, "reason": "its sources, ports or direction are known only at apply"} if {
	some item in azure_network.ways
	azure_network.unclear(item.rule)
	not harmless(item.rule)
}

# Known sources, none of which is everyone, or known ports, none of which is guarded: whatever the rest turns out to be.
harmless(rule) if {
	sources := azure_network.all_sources(rule)
	not lib.has_unknown(sources)
	everyone := [source | some source in sources; lib.cidr_is_open(source)]
	count(everyone) == 0
}

harmless(rule) if {
	ports := azure_network.ports(rule)
	not lib.has_unknown(ports)
	not azure_network.reached(ports)
}

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
	what := azure_network.reached([port | some port in array.concat(outside, behind); lib.known(port)])
	msg := sprintf("`%s` lets the whole internet (%s) reach %s; name the addresses that need it", [item.name, source, what])
}

unknown contains {"subject": item.subject, "reason": "its sources or ports are known only at apply"} if {
	some item in translations
	some key in ["source_addresses", "destination_ports", "translated_port"]
	lib.has_unknown(item.rule[key])
}

# Machines of a batch pool.
endpoints contains {"r": r, "endpoint": endpoint, "path": ["network_configuration", i, "endpoint_configuration", j]} if {
	r := input.terraform.azurerm_batch_pool[_]
	endpoint := r.config.network_configuration[i].endpoint_configuration[j]
	is_object(endpoint)
}

applies contains item.r.id if some item in endpoints

deny contains {"subject": item.r.id, "path": array.concat(item.path, ["network_security_group_rules", i, "source_address_prefix"]), "msg": msg} if {
	some item in endpoints
	rule := item.endpoint.network_security_group_rules[i]
	lower(lib.text(rule.access)) == "allow"
	lib.cidr_is_open(rule.source_address_prefix)
	what := azure_network.reached([lib.number(item.endpoint.backend_port)])
	msg := sprintf("`%s` lets the whole internet (%s) reach %s of its machines; name the addresses that need it", [item.r.name, rule.source_address_prefix, what])
}

unknown contains {"subject": item.r.id, "reason": "its sources or ports are known only at apply"} if {
	some item in endpoints
	lib.has_unknown(item.endpoint)
}
