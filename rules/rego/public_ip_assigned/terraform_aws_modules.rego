# METADATA
# title: A public module is told to give out public addresses
# custom: {confidence: medium, applies_to: {terraform: [module]}}
package paylint.rules.public_ip_assigned.terraform_aws_modules

import data.paylint.lib

# The modules of the registry, which are not on disk; those that are, are judged by what they make.
switches := {
	"autoscaling": "associate_public_ip_address",
	"ec2-instance": "associate_public_ip_address",
	"vpc": "map_public_ip_on_launch",
}

calls contains {"r": r, "key": key} if {
	r := input.terraform.module[_]
	some m in regex.find_all_string_submatch_n(`^(?:registry\.terraform\.io/)?terraform-aws-modules/([a-z0-9-]+)/aws$`, lib.text(r.config.source), 1)
	key := switches[m[1]]
	not made(r)
}

made(r) if {
	some type in ["aws_instance", "aws_launch_template", "aws_subnet"]
	startswith(input.terraform[type][_].address, sprintf("%s.", [r.address]))
}

applies contains call.r.id if some call in calls

deny contains {"subject": call.r.id, "path": [call.key], "msg": msg} if {
	some call in calls
	lib.truthy(call.r.config[call.key])
	msg := sprintf("`%s` gives out public addresses; set %s = false and publish services through a load balancer", [call.r.name, call.key])
}

unknown contains {"subject": call.r.id, "reason": "whether it gives out public addresses is known only at apply"} if {
	some call in calls
	lib.is_unknown(call.r.config[call.key])
}
