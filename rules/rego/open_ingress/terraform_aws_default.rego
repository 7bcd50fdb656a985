# METADATA
# title: A network that every account has is used, or its default security group lets something through
# custom:
#   severity: low
#   confidence: medium
#   applies_to:
#     terraform: [aws_default_security_group, aws_vpc, aws_default_vpc]
package paylint.rules.open_ingress.terraform_aws_default

import data.paylint.aws
import data.paylint.aws_network
import data.paylint.lib

# What names no group of its own is in this one: it is safe only while it lets nothing through.
applies contains r.id if r := input.terraform.aws_default_security_group[_]

# Rules that are open to everyone are a finding of their own.
told contains found.way.subject if {
	some found in aws_network.ranges
	lib.cidr_is_wide(found.cidr)
	aws_network.reached(found.way.rule)
}

deny contains {"subject": r.id, "path": [direction, 0], "msg": msg} if {
	r := input.terraform.aws_default_security_group[_]
	not r.id in told
	direction := directions(r)[0]
	msg := sprintf("default security group `%s` lets something through, for everything that names no group; leave it without rules", [r.name])
}

directions(r) := [direction |
	some direction in ["ingress", "egress"]
	count(lib.as_array(object.get(r.config, direction, []))) > 0
]

# A network is made with a group that trusts all its members, until somebody takes the rules away.
applies contains r.id if r := input.terraform.aws_vpc[_]

deny contains {"subject": r.id, "path": ["default_security_group"], "msg": msg, "confidence": "low"} if {
	r := input.terraform.aws_vpc[_]
	not adopted(r)
	not unclear
	msg := sprintf("the default security group of `%s` keeps its rules, for everything that names no group; add aws_default_security_group without rules", [r.name])
}

adopted(r) if aws.among(groups, r)

groups := aws.pointed("aws_default_security_group", ["vpc_id"])

# One whose network is known only at apply may be this one's.
unclear if aws.points_nowhere("aws_default_security_group", "vpc_id")

unknown contains {"subject": r.id, "reason": "which network a default group belongs to is known only at apply"} if {
	r := input.terraform.aws_vpc[_]
	not adopted(r)
	unclear
}

# Flat, public, and shared by whatever else was started there.
applies contains r.id if {
	r := input.terraform.aws_default_vpc[_]
	not lib.truthy(r.config.force_destroy)
}

deny contains {"subject": r.id, "path": [], "msg": msg} if {
	r := input.terraform.aws_default_vpc[_]
	not lib.truthy(r.config.force_destroy)
	msg := sprintf("`%s` uses the account's default network, whose subnets are all public; make a network of your own", [r.name])
}
