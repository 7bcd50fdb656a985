# METADATA
# title: A security group or access list lets the internet reach administration, databases or every port
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::EC2::SecurityGroup
#       - AWS::EC2::SecurityGroupIngress
#       - AWS::EC2::NetworkAclEntry
#       - AWS::RDS::DBSecurityGroup
#       - AWS::RDS::DBSecurityGroupIngress
#       - AWS::Redshift::ClusterSecurityGroupIngress
#       - AWS::EKS::Nodegroup
package paylint.rules.open_ingress.cloudformation

import data.paylint.cfn
import data.paylint.cfn_network
import data.paylint.lib

applies contains way.r.id if some way in cfn_network.ways

applies contains entry.id if some entry in cfn_network.entries

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in cfn_network.ranges
	lib.cidr_is_open(found.range)
	msg := sprintf("`%s` lets the whole internet (%s) reach %s; name the addresses that need it", [found.r.name, found.range, found.what])
}

unknown contains {"subject": way.r.id, "reason": "its ranges or ports are known only at deployment"} if {
	some way in cfn_network.ways
	cfn_network.unclear(way)
}

unknown contains {"subject": r.id, "reason": "its rules are known only at deployment"} if {
	r := input.cloudformation["AWS::EC2::SecurityGroup"][_]
	cfn.unclear(r.config, [["SecurityGroupIngress", "*"]])
}

# A network's list is the second fence, open for every port by default: only named ports count. It keeps no state, so the
# range of the answers' ports is let in everywhere.
deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in cfn_network.entry_ranges
	lib.cidr_is_open(found.range)
	found.what != "every port"
	msg := sprintf("`%s` lets the whole internet (%s) reach %s; name the addresses that need it", [found.r.name, found.range, found.what])
}

unknown contains {"subject": r.id, "reason": "its ranges or ports are known only at deployment"} if {
	some r in cfn_network.entries
	cfn.unclear(r.config, [["CidrBlock"], ["Ipv6CidrBlock"], ["PortRange", "From"], ["PortRange", "To"], ["Protocol"]])
}

# The firewalls that databases had before networks of one's own.
database_rules contains {"r": r, "path": ["CIDRIP"], "range": r.config.CIDRIP} if {
	some r in cfn.all(["AWS::RDS::DBSecurityGroupIngress", "AWS::Redshift::ClusterSecurityGroupIngress"])
}

database_rules contains {"r": r, "path": ["DBSecurityGroupIngress", i, "CIDRIP"], "range": r.config.DBSecurityGroupIngress[i].CIDRIP} if {
	r := input.cloudformation["AWS::RDS::DBSecurityGroup"][_]
}

applies contains rule.r.id if some rule in database_rules

deny contains {"subject": rule.r.id, "path": rule.path, "msg": msg} if {
	some rule in database_rules
	lib.cidr_is_open(rule.range)
	msg := sprintf("`%s` lets the whole internet (%s) reach the database; name the addresses that need it", [rule.r.name, rule.range])
}

unknown contains {"subject": rule.r.id, "reason": "its range is known only at deployment"} if {
	some rule in database_rules
	lib.is_unknown(rule.range)
}

# With a key and no group, the service opens port 22 of the nodes to 0.0.0.0/0.
nodes contains r if {
	r := input.cloudformation["AWS::EKS::Nodegroup"][_]
	lib.present(r.config.RemoteAccess, "Ec2SshKey")
}

applies contains r.id if some r in nodes

deny contains {"subject": r.id, "path": ["RemoteAccess", "SourceSecurityGroups"], "msg": msg} if {
	some r in nodes
	count(lib.as_array(object.get(r.config.RemoteAccess, "SourceSecurityGroups", []))) == 0
	msg := sprintf("SSH to the nodes of `%s` is open to the whole internet; name the groups that need it in SourceSecurityGroups", [r.name])
}
