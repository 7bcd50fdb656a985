# METADATA
# title: A security group lets the internet reach administration, databases or every port
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - aws_security_group
#       - aws_default_security_group
#       - aws_security_group_rule
#       - aws_vpc_security_group_ingress_rule
#       - aws_network_acl_rule
#       - aws_network_acl
#       - aws_default_network_acl
package paylint.rules.open_ingress.terraform_aws

import data.paylint.aws
import data.paylint.lib

# One way in: {subject, name, rule, path}.
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

applies contains r.id if {
	some type in ["aws_security_group", "aws_default_security_group"]
	r := input.terraform[type][_]
	lib.present(r.config, "ingress")
}

applies contains way.subject if some way in ways

open_range contains {"way": way, "cidr": cidr, "path": array.concat(way.path, [key, i])} if {
	some way in ways
	some key in ["cidr_blocks", "ipv6_cidr_blocks"]
	cidr := way.rule[key][i]
	lib.cidr_is_wide(cidr)
}

open_range contains {"way": way, "cidr": cidr, "path": array.concat(way.path, [key])} if {
	some way in ways
	some key in ["cidr_ipv4", "cidr_ipv6"]
	cidr := lib.text(way.rule[key])
	lib.cidr_is_wide(cidr)
}

carries_ports(rule) if not lower(sprintf("%v", [object.get(rule, "protocol", object.get(rule, "ip_protocol", "tcp"))])) in {"icmp", "icmpv6", "1", "58"}

reached(rule) := "every port" if aws.every_port(rule)

reached(rule) := sprintf("port %v", [ports[0]]) if {
	not aws.every_port(rule)
	carries_ports(rule)
	low := lib.number(rule.from_port)
	high := lib.number(rule.to_port)
	ports := [port | some port in lib.guarded_ports; low <= port; port <= high]
	count(ports) > 0
}

deny contains {"subject": found.way.subject, "path": found.path, "msg": msg} if {
	some found in open_range
	what := reached(found.way.rule)
	msg := sprintf("`%s` lets %s (%s) reach %s; name the addresses that need it", [found.way.name, lib.the_internet(found.cidr), found.cidr, what])
}

# Who is let in, or where, is known only at apply.
unknown contains {"subject": way.subject, "reason": "its ranges or ports are known only at apply"} if {
	some way in ways
	some key in ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6", "from_port", "to_port"]
	lib.has_unknown(way.rule[key])
}

unknown contains {"subject": r.id, "reason": "its rules are known only at apply"} if {
	some type in ["aws_security_group", "aws_default_security_group", "aws_network_acl", "aws_default_network_acl"]
	r := input.terraform[type][_]
	lib.is_unknown(r.config.ingress)
}

unknown contains {"subject": r.id, "reason": "its rules are known only at apply"} if {
	some type in ["aws_security_group", "aws_default_security_group", "aws_network_acl", "aws_default_network_acl"]
	r := input.terraform[type][_]
	lib.is_unknown(r.config.ingress[_])
}

# A network's list is the second fence, open for every port by default: only named ports count. It keeps no state, so the
# range of the answers' ports is let in everywhere.
acl_ways contains {"subject": r.id, "name": r.name, "rule": r.config, "path": []} if {
	r := input.terraform.aws_network_acl_rule[_]
	not lib.truthy(r.config.egress)
	lower(lib.text(r.config.rule_action)) == "allow"
}

acl_ways contains {"subject": r.id, "name": r.name, "rule": rule, "path": ["ingress", i]} if {
	some type in ["aws_network_acl", "aws_default_network_acl"]
	r := input.terraform[type][_]
	rule := r.config.ingress[i]
	lower(lib.text(rule.action)) == "allow"
}

for_answers(rule) if {
	lib.number(rule.from_port) >= 1024
	lib.number(rule.to_port) - lib.number(rule.from_port) >= 10000
}

applies contains way.subject if some way in acl_ways

deny contains {"subject": way.subject, "path": array.concat(way.path, [key]), "msg": msg} if {
	some way in acl_ways
	some key in ["cidr_block", "ipv6_cidr_block"]
	lib.cidr_is_wide(way.rule[key])
	not for_answers(way.rule)
	what := reached(way.rule)
	what != "every port"
	msg := sprintf("`%s` lets %s (%s) reach %s; name the addresses that need it", [way.name, lib.the_internet(way.rule[key]), way.rule[key], what])
}

unknown contains {"subject": way.subject, "reason": "its ranges or ports are known only at apply"} if {
	some way in acl_ways
	some key in ["cidr_block", "ipv6_cidr_block", "from_port", "to_port"]
	lib.is_unknown(way.rule[key])
}
