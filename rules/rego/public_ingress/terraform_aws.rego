# METADATA
# title: A security group or access list lets in millions of public addresses
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
package paylint.rules.public_ingress.terraform_aws

import data.paylint.aws_network
import data.paylint.lib

applies contains id if some id in aws_network.judged

# The whole internet is open_ingress; a list's entry for every port is one that stops nothing, and judged there too.
wide contains found if {
	some found in aws_network.ranges
	is_wide(found.cidr)
}

wide contains found if {
	some found in aws_network.acl_ranges
	is_wide(found.cidr)
	aws_network.reached(found.way.rule) != "every port"
}

is_wide(cidr) if {
	lib.cidr_is_wide(cidr)
	not lib.cidr_is_open(cidr)
}

deny contains {"subject": found.way.subject, "path": found.path, "msg": msg} if {
	some found in wide
	what := aws_network.reached(found.way.rule)
	msg := sprintf("`%s` lets a large part of the internet (%s) reach %s; %s", [found.way.name, found.cidr, what, instead(found.cidr)])
}

private_ranges := ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"]

within(cidr) := [range |
	some range in private_ranges
	contains(range, ":") == contains(cidr, ":")
	net.cidr_contains(cidr, range)
]

instead(cidr) := sprintf("if the private range %s is meant, write that", [within(cidr)[0]])

instead(cidr) := "name the addresses that need it" if count(within(cidr)) == 0

unknown contains item if some item in aws_network.unclear
