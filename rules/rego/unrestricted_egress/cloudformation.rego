# METADATA
# title: A security group in scope may send anywhere
# custom:
#   confidence: medium
#   applies_to: {cloudformation: [AWS::EC2::SecurityGroup, AWS::EC2::SecurityGroupEgress]}
package paylint.rules.unrestricted_egress.cloudformation

import data.paylint.aws
import data.paylint.cfn
import data.paylint.lib

in_scope contains r if {
	r := input.cloudformation["AWS::EC2::SecurityGroup"][_]
	lib.in_scope(cfn.tags(r))
}

applies contains r.id if some r in in_scope

# One way out: {r, group, raw, path}. A rule of its own belongs to a group in scope.
ways contains {"r": r, "group": r.name, "raw": r.config.SecurityGroupEgress[i], "path": ["SecurityGroupEgress", i]} if {
	some r in in_scope
	is_object(r.config.SecurityGroupEgress[i])
	is_number(i)
}

ways contains {"r": r, "group": group.name, "raw": r.config, "path": []} if {
	r := input.cloudformation["AWS::EC2::SecurityGroupEgress"][_]
	some group in in_scope
	cfn.refers(r, ["GroupId"], group)
}

applies contains way.r.id if some way in ways

deny contains {"subject": way.r.id, "path": array.concat(way.path, [key]), "msg": msg} if {
	some way in ways
	aws.every_port(cfn.security_rule(way.raw))
	some key in ["CidrIp", "CidrIpv6"]
	range := way.raw[key]
	lib.cidr_is_open(range)
	msg := sprintf("`%s` is in scope and may send to every address (%s) on every port; name the peers it needs", [way.group, range])
}

# Without rules the service lets everything out.
deny contains {"subject": r.id, "path": ["SecurityGroupEgress"], "msg": msg} if {
	some r in in_scope
	not lib.present(r.config, "SecurityGroupEgress")
	msg := sprintf("`%s` is in scope and names no SecurityGroupEgress, so it may send to every address on every port; name the peers it needs", [r.name])
}

unknown contains {"subject": way.r.id, "reason": "where it may send is known only at deployment"} if {
	some way in ways
	cfn.unclear(way.raw, [["CidrIp"], ["CidrIpv6"], ["IpProtocol"], ["FromPort"], ["ToPort"]])
}

unknown contains {"subject": r.id, "reason": "where it may send is known only at deployment"} if {
	some r in in_scope
	lib.is_unknown(r.config.SecurityGroupEgress)
}
