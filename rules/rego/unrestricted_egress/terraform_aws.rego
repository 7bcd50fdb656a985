# METADATA
# title: A security group in scope may send anywhere
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - aws_security_group
#       - aws_default_security_group
#       - aws_security_group_rule
#       - aws_vpc_security_group_egress_rule
package paylint.rules.unrestricted_egress.terraform_aws

import data.paylint.aws
import data.paylint.lib

in_scope contains r if {
	some type in ["aws_security_group", "aws_default_security_group"]
	r := input.terraform[type][_]
	lib.in_scope(aws.tags(r))
}

# A rule of its own that lets a group in scope send: {rule, group}.
ways contains {"rule": rule, "group": group.name} if {
	rule := input.terraform.aws_security_group_rule[_]
	rule.config.type == "egress"
	some group in in_scope
	lib.refers(rule, "security_group_id", group)
}

ways contains {"rule": rule, "group": group.name} if {
	rule := input.terraform.aws_vpc_security_group_egress_rule[_]
	some group in in_scope
	lib.refers(rule, "security_group_id", group)
}

applies contains r.id if some r in in_scope

applies contains way.rule.id if some way in ways

deny contains {"subject": r.id, "path": ["egress", i, key, j], "msg": msg} if {
	some r in in_scope
	rule := r.config.egress[i]
	aws.every_port(rule)
	some key in ["cidr_blocks", "ipv6_cidr_blocks"]
	cidr := rule[key][j]
	lib.cidr_is_open(cidr)
	msg := message(r.name, cidr)
}

deny contains {"subject": way.rule.id, "path": [key, j], "msg": msg} if {
	some way in ways
	aws.every_port(way.rule.config)
	some key in ["cidr_blocks", "ipv6_cidr_blocks"]
	cidr := way.rule.config[key][j]
	lib.cidr_is_open(cidr)
	msg := message(way.group, cidr)
}

deny contains {"subject": way.rule.id, "path": [key], "msg": msg} if {
	some way in ways
	aws.every_port(way.rule.config)
	some key in ["cidr_ipv4", "cidr_ipv6"]
	cidr := lib.text(way.rule.config[key])
	lib.cidr_is_open(cidr)
	msg := message(way.group, cidr)
}

message(group, cidr) := sprintf("`%s` is in scope and may send to every address (%s) on every port; name the peers it needs", [group, cidr])

sends contains {"subject": r.id, "rule": rule} if {
	some r in in_scope
	rule := r.config.egress[_]
}

sends contains {"subject": way.rule.id, "rule": way.rule.config} if some way in ways

unknown contains {"subject": send.subject, "reason": "where it may send is known only at apply"} if {
	some send in sends
	lib.is_unknown(send.rule)
}

unknown contains {"subject": send.subject, "reason": "where it may send is known only at apply"} if {
	some send in sends
	some key in ["cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6", "protocol", "ip_protocol", "from_port", "to_port"]
	lib.has_unknown(send.rule[key])
}

unknown contains {"subject": r.id, "reason": "where it may send is known only at apply"} if {
	some r in in_scope
	lib.is_unknown(r.config.egress)
}
