# METADATA
# title: A network security group in scope may send anywhere
# custom:
#   confidence: medium
#   applies_to: {terraform: [azurerm_network_security_group, azurerm_network_security_rule]}
package paylint.rules.unrestricted_egress.terraform_azure

import data.paylint.lib

in_scope(r) if lib.in_scope(object.get(r.config, "tags", {}))

# Ways out: in a group, and beside it, where the group's tags count.
ways contains {"subject": r.id, "name": r.name, "rule": rule, "path": ["security_rule", i]} if {
	r := input.terraform.azurerm_network_security_group[_]
	in_scope(r)
	rule := r.config.security_rule[i]
	lets_out(rule)
}

ways contains {"subject": r.id, "name": r.name, "rule": r.config, "path": []} if {
	r := input.terraform.azurerm_network_security_rule[_]
	lets_out(r.config)
	group := input.terraform.azurerm_network_security_group[_]
	lib.refers(r, "network_security_group_name", group)
	in_scope(group)
}

lets_out(rule) if {
	lower(lib.text(rule.direction)) == "outbound"
	lower(lib.text(rule.access)) == "allow"
}

applies contains r.id if {
	r := input.terraform.azurerm_network_security_group[_]
	in_scope(r)
	lib.present(r.config, "security_rule")
}

applies contains item.subject if some item in ways

every_port(rule) if {
	some key in ["destination_port_range", "destination_port_ranges"]
	ranges := rule[key]
	lib.port_in_text(1, ranges)
	lib.port_in_text(32768, ranges)
	lib.port_in_text(65535, ranges)
}

deny contains {"subject": item.subject, "path": array.concat(item.path, ["destination_address_prefix"]), "msg": msg} if {
	some item in ways
	every_port(item.rule)
	target := lib.text(item.rule.destination_address_prefix)
	lib.cidr_is_open(target)
	msg := sprintf("`%s` is in scope and may send to every address (%s) on every port; name the peers it needs", [item.name, target])
}

deny contains {"subject": item.subject, "path": array.concat(item.path, ["destination_address_prefixes", i]), "msg": msg} if {
	some item in ways
	every_port(item.rule)
	target := lib.text(item.rule.destination_address_prefixes[i])
	lib.cidr_is_open(target)
	msg := sprintf("`%s` is in scope and may send to every address (%s) on every port; name the peers it needs", [item.name, target])
}

unknown contains {"subject": item.subject, "reason": "where it may send is known only at apply"} if {
	some item in ways
	every_port(item.rule)
	some key in ["destination_address_prefix", "destination_address_prefixes"]
	lib.has_unknown(item.rule[key])
}

unknown contains {"subject": item.subject, "reason": "to which ports it may send is known only at apply"} if {
	some item in ways
	some key in ["destination_port_range", "destination_port_ranges"]
	lib.has_unknown(item.rule[key])
	not named_peers(item.rule)
}

named_peers(rule) if {
	targets := array.concat(
		lib.as_array(object.get(rule, "destination_address_prefix", [])),
		lib.as_array(object.get(rule, "destination_address_prefixes", [])),
	)
	not lib.has_unknown(targets)
	open := [target | some target in targets; lib.cidr_is_open(target)]
	count(open) == 0
}

unknown contains {"subject": r.id, "reason": "its rules are known only at apply"} if {
	r := input.terraform.azurerm_network_security_group[_]
	in_scope(r)
	unclear(r.config.security_rule)
}

unclear(blocks) if lib.is_unknown(blocks)

unclear(blocks) if lib.is_unknown(blocks[_])
