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

import data.paylint.aws_network
import data.paylint.lib

applies contains id if some id in aws_network.judged

deny contains {"subject": found.way.subject, "path": found.path, "msg": msg} if {
	some found in aws_network.ranges
	lib.cidr_is_open(found.cidr)
	what := aws_network.reached(found.way.rule)
	msg := sprintf("`%s` lets the whole internet (%s) reach %s; name the addresses that need it", [found.way.name, found.cidr, what])
}

# A network's list is the second fence, open for every port by default: only named ports count.
deny contains {"subject": found.way.subject, "path": found.path, "msg": msg} if {
	some found in aws_network.acl_ranges
	lib.cidr_is_open(found.cidr)
	what := aws_network.reached(found.way.rule)
	what != "every port"
	msg := sprintf("`%s` lets the whole internet (%s) reach %s; name the addresses that need it", [found.way.name, found.cidr, what])
}

unknown contains item if some item in aws_network.unclear
