# METADATA
# title: A security group in scope may send anywhere
# custom: {confidence: medium, applies_to: {terraform: [aws_security_group]}}
package paylint.rules.unrestricted_egress.terraform_aws

import data.paylint.lib

in_scope contains r if {
	r := input.terraform.aws_security_group[_]
	lib.in_scope(object.get(r.config, "tags", {}))
}

applies contains r.id if some r in in_scope

deny contains {"subject": r.id, "path": ["egress", i, key, j], "msg": msg} if {
	some r in in_scope
	rule := r.config.egress[i]
	every_port(rule)
	some key in ["cidr_blocks", "ipv6_cidr_blocks"]
	cidr := rule[key][j]
	lib.cidr_is_open(cidr)
	msg := sprintf("`%s` is in scope and may send to every address (%s) on every port; name the peers it needs", [r.name, cidr])
}

every_port(rule) if sprintf("%v", [rule.protocol]) in {"-1", "all"}

every_port(rule) if {
	lib.number(rule.from_port) <= 1
	lib.number(rule.to_port) >= 65535
}
