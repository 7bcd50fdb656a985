# METADATA
# title: An entry of a network's access list stops nothing
# custom:
#   severity: low
#   confidence: low
#   applies_to:
#     terraform: [aws_network_acl, aws_default_network_acl, aws_network_acl_rule]
package paylint.rules.open_ingress.terraform_aws_acl

import data.paylint.aws
import data.paylint.aws_network
import data.paylint.lib

# No hole where security groups do their work, but a fence that stops nobody.
ways := aws_network.acl_ways

applies contains way.subject if some way in ways

deny contains {"subject": way.subject, "path": array.concat(way.path, [key]), "msg": msg} if {
	some way in ways
	some key in ["cidr_block", "ipv6_cidr_block"]
	range := lib.text(way.rule[key])
	aws.every_port(way.rule)
	msg := sprintf("an entry of `%s` lets everything %s %s: the list stops nothing there, only security groups are left; name ports", [way.name, direction(way), whom(range)])
}

direction(way) := "out to" if way.egress

direction(way) := "in from" if not way.egress

whom(range) := sprintf("%s (%s)", [lib.the_internet(range), range]) if lib.cidr_is_wide(range)

whom(range) := range if not lib.cidr_is_wide(range)

unknown contains {"subject": way.subject, "reason": "its ranges or ports are known only at apply"} if {
	some way in ways
	some key in ["cidr_block", "ipv6_cidr_block", "protocol", "from_port", "to_port"]
	lib.is_unknown(way.rule[key])
}
