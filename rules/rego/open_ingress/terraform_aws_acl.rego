# METADATA
# title: A network's access list lets the internet reach every port
# custom:
#   severity: low
#   confidence: low
#   applies_to:
#     terraform: [aws_network_acl, aws_network_acl_rule]
package paylint.rules.open_ingress.terraform_aws_acl

import data.paylint.aws
import data.paylint.lib

# No hole where security groups do their work, but a fence that stops nobody. (The default list is made like that.)
ways contains {"subject": r.id, "name": r.name, "rule": r.config, "path": []} if {
	r := input.terraform.aws_network_acl_rule[_]
	not lib.truthy(r.config.egress)
	lower(lib.text(r.config.rule_action)) == "allow"
}

ways contains {"subject": r.id, "name": r.name, "rule": rule, "path": ["ingress", i]} if {
	r := input.terraform.aws_network_acl[_]
	rule := r.config.ingress[i]
	lower(lib.text(rule.action)) == "allow"
}

applies contains way.subject if some way in ways

deny contains {"subject": way.subject, "path": array.concat(way.path, [key]), "msg": msg} if {
	some way in ways
	some key in ["cidr_block", "ipv6_cidr_block"]
	range := way.rule[key]
	lib.cidr_is_wide(range)
	aws.every_port(way.rule)
	msg := sprintf("`%s` lets %s (%s) reach every port, only security groups are left to stop it; name ports and addresses", [way.name, lib.the_internet(range), range])
}

unknown contains {"subject": way.subject, "reason": "its ranges or ports are known only at apply"} if {
	some way in ways
	some key in ["cidr_block", "ipv6_cidr_block", "protocol", "from_port", "to_port"]
	lib.is_unknown(way.rule[key])
}
