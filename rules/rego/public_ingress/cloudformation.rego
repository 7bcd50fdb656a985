# METADATA
# title: A security group or access list lets in a public range too wide to name anybody
# custom:
#   confidence: medium
#   applies_to: {cloudformation: [AWS::EC2::SecurityGroup, AWS::EC2::SecurityGroupIngress, AWS::EC2::NetworkAclEntry]}
package paylint.rules.public_ingress.cloudformation

import data.paylint.cfn_network
import data.paylint.lib

# The whole internet is open_ingress.
found_ranges contains {"r": found.r, "what": found.what, "range": found.range, "path": found.path} if {
	some found in cfn_network.ranges
	is_wide(found.range)
}

found_ranges contains {"r": found.r, "what": found.what, "range": found.range, "path": found.path} if {
	some found in cfn_network.entry_ranges
	is_wide(found.range)
	found.what != "every port"
}

is_wide(range) if {
	lib.cidr_is_wide(range)
	not lib.cidr_is_open(range)
}

applies contains way.r.id if some way in cfn_network.ways

applies contains r.id if some r in cfn_network.entries

meant(range) := "; was 10.0.0.0/8 meant?" if {
	net.cidr_contains(range, "10.0.0.0/8")
} else := "; was 172.16.0.0/12 meant?" if {
	regex.match(`^172\.`, range)
} else := "; was 192.168.0.0/16 meant?" if {
	regex.match(`^192\.`, range)
} else := "; list the addresses that need it"

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in found_ranges
	msg := sprintf("`%s` lets a large part of the internet (%s) reach %s%s", [found.r.name, found.range, found.what, meant(found.range)])
}

unknown contains {"subject": way.r.id, "reason": "its ranges or ports are known only at deployment"} if {
	some way in cfn_network.ways
	cfn_network.unclear(way)
}
