# Ways into a network, from security groups and access lists: `import data.paylint.aws_network`.
#
# METADATA
# title: Ingress rules of AWS networks
package paylint.aws_network

import data.paylint.aws
import data.paylint.lib

# ways: one way in of a security group: {subject, name, rule, path}; `path` leads to the rule in the subject's config.
ways contains {"subject": r.id, "name": r.name, "rule": r.config.ingress[i], "path": ["ingress", i]} if {
	some type in ["aws_security_group", "aws_default_security_group"]
	r := input.terraform[type][_]
	is_object(r.config.ingress[i])
}

ways contains {"subject": r.id, "name": r.name, "rule": r.config, "path": []} if {
	r := input.terraform.aws_security_group_rule[_]
	r.config.type == "ingress"
}

ways contains {"subject": r.id, "name": r.name, "rule": r.config, "path": []} if {
	r := input.terraform.aws_vpc_security_group_ingress_rule[_]
}

# ranges: every known range that one of them lets in: {way, cidr, path}.
ranges contains {"way": way, "cidr": cidr, "path": array.concat(way.path, [key, i])} if {
	some way in ways
	some key in ["cidr_blocks", "ipv6_cidr_blocks"]
	cidr := lib.text(way.rule[key][i])
}

ranges contains {"way": way, "cidr": cidr, "path": array.concat(way.path, [key])} if {
	some way in ways
	some key in ["cidr_ipv4", "cidr_ipv6"]
	cidr := lib.text(way.rule[key])
}

# A list of ranges that is declared here: what it holds is let in where it is named.
ranges contains {"way": way, "cidr": cidr, "path": way.path} if {
	count(_lists) > 0
	some way in ways
	some key in ["prefix_list_ids", "prefix_list_id"]
	some named in lib.as_array(way.rule[key])
	some list in _lists
	named.ref == list.address
	some cidr in list.cidrs
}

_lists contains {"address": r.address, "cidrs": {cidr | cidr := lib.text(r.config.entry[_].cidr)} | _entries(r)} if {
	r := input.terraform.aws_ec2_managed_prefix_list[_]
}

_entries(list) := {cidr |
	entry := input.terraform.aws_ec2_managed_prefix_list_entry[_]
	lib.refers(entry, "prefix_list_id", list)
	cidr := lib.text(entry.config.cidr)
}

# acl_ways: the same for access lists, in one direction or the other: {subject, name, rule, path, egress}.
acl_ways contains {"subject": r.id, "name": r.name, "rule": r.config, "path": [], "egress": false} if {
	r := input.terraform.aws_network_acl_rule[_]
	not lib.truthy(r.config.egress)
	lower(lib.text(r.config.rule_action)) == "allow"
}

acl_ways contains {"subject": r.id, "name": r.name, "rule": r.config, "path": [], "egress": true} if {
	r := input.terraform.aws_network_acl_rule[_]
	lib.truthy(r.config.egress)
	lower(lib.text(r.config.rule_action)) == "allow"
}

acl_ways contains {"subject": r.id, "name": r.name, "rule": rule, "path": [direction, i], "egress": direction == "egress"} if {
	some type in ["aws_network_acl", "aws_default_network_acl"]
	r := input.terraform[type][_]
	some direction in ["ingress", "egress"]
	rule := r.config[direction][i]
	lower(lib.text(rule.action)) == "allow"
}

# acl_ranges: every known range that a list lets in to ports it names; it keeps no state, so the range of the answers'
# ports is let in everywhere.
acl_ranges contains {"way": way, "cidr": cidr, "path": array.concat(way.path, [key])} if {
	some way in acl_ways
	not way.egress
	not _for_answers(way.rule)
	some key in ["cidr_block", "ipv6_cidr_block"]
	cidr := lib.text(way.rule[key])
}

_for_answers(rule) if {
	lib.number(rule.from_port) >= 1024
	lib.number(rule.to_port) - lib.number(rule.from_port) >= 10000
}

_carries_ports(rule) if not lower(sprintf("%v", [object.get(rule, "protocol", object.get(rule, "ip_protocol", "tcp"))])) in {"icmp", "icmpv6", "1", "58"}

# The embedded engine sees no document of another package inside a function that a third one calls: named here first.
_guarded := lib.guarded_ports

# reached(rule): "every port", or "port N": the first guarded one; undefined for none.
reached(rule) := "every port" if aws.every_port(rule)

reached(rule) := sprintf("port %v", [ports[0]]) if {
	not aws.every_port(rule)
	_carries_ports(rule)
	low := lib.number(rule.from_port)
	high := lib.number(rule.to_port)
	ports := [port | some port in _guarded; low <= port; port <= high]
	count(ports) > 0
}

# unclear: subjects of which only apply knows who is let in, or where: {subject, reason}.
unclear contains {"subject": way.subject, "reason": "its ranges or ports are known only at apply"} if {
	some way in ways
	some key in ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6", "from_port", "to_port"]
	lib.has_unknown(way.rule[key])
}

unclear contains {"subject": way.subject, "reason": "its ranges or ports are known only at apply"} if {
	some way in acl_ways
	not way.egress
	some key in ["cidr_block", "ipv6_cidr_block", "from_port", "to_port"]
	lib.is_unknown(way.rule[key])
}

unclear contains {"subject": r.id, "reason": "its rules are known only at apply"} if {
	some type in ["aws_security_group", "aws_default_security_group", "aws_network_acl", "aws_default_network_acl"]
	r := input.terraform[type][_]
	lib.is_unknown(r.config.ingress)
}

unclear contains {"subject": r.id, "reason": "its rules are known only at apply"} if {
	some type in ["aws_security_group", "aws_default_security_group", "aws_network_acl", "aws_default_network_acl"]
	r := input.terraform[type][_]
	lib.is_unknown(r.config.ingress[_])
}

# judged: subjects with rules for what comes in.
judged contains r.id if {
	some type in ["aws_security_group", "aws_default_security_group"]
	r := input.terraform[type][_]
	lib.present(r.config, "ingress")
}

judged contains way.subject if some way in ways

judged contains way.subject if {
	some way in acl_ways
	not way.egress
}
