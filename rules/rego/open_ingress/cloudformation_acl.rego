# METADATA
# title: A network's access list lets the internet reach every port
# custom:
#   severity: low
#   confidence: low
#   applies_to: {cloudformation: [AWS::EC2::NetworkAclEntry]}
#   reads: [[CidrBlock], [Ipv6CidrBlock], [Protocol], [PortRange]]
package paylint.rules.open_ingress.cloudformation_acl

import data.paylint.cfn_network
import data.paylint.lib

applies contains r.id if some r in cfn_network.entries

# No hole where security groups do their work, but a fence that stops nobody. (The default list is made like that.)
deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in cfn_network.entry_ranges
	lib.cidr_is_wide(found.range)
	found.what == "every port"
	msg := sprintf("`%s` lets %s (%s) reach every port, only security groups are left to stop it; name ports and addresses", [found.r.name, lib.the_internet(found.range), found.range])
}
