# METADATA
# title: An Azure firewall lets everything out
# custom:
#   confidence: medium
#   applies_to: {terraform: [azurerm_firewall_network_rule_collection, azurerm_firewall_policy_rule_collection_group]}
package paylint.rules.unrestricted_egress.terraform_azure_firewall

import data.paylint.azure_network
import data.paylint.lib

# Network rules that allow: {r, rule, path}. A firewall is there to say what may go where.
allowing contains {"r": r, "rule": rule, "path": ["rule", i]} if {
	r := input.terraform.azurerm_firewall_network_rule_collection[_]
	lower(lib.text(r.config.action)) == "allow"
	rule := r.config.rule[i]
	is_object(rule)
}

allowing contains {"r": r, "rule": rule, "path": ["network_rule_collection", i, "rule", j]} if {
	r := input.terraform.azurerm_firewall_policy_rule_collection_group[_]
	collection := r.config.network_rule_collection[i]
	lower(lib.text(collection.action)) == "allow"
	rule := collection.rule[j]
	is_object(rule)
}

applies contains item.r.id if some item in allowing

deny contains {"subject": item.r.id, "path": array.concat(item.path, ["destination_addresses", i]), "msg": msg} if {
	some item in allowing
	azure_network.every_port(object.get(item.rule, "destination_ports", []))
	target := item.rule.destination_addresses[i]
	lib.cidr_is_open(target)
	msg := sprintf("`%s` lets its sources reach every address (%s) on every port; name the peers they need", [item.r.name, target])
}

unknown contains {"subject": item.r.id, "reason": "where it lets its sources go is known only at apply"} if {
	some item in allowing
	lib.has_unknown([object.get(item.rule, "destination_ports", []), object.get(item.rule, "destination_addresses", [])])
}
