# METADATA
# title: A load balancer speaks plain HTTP to what is behind it
# custom:
#   severity: low
#   confidence: low
#   applies_to: {cloudformation: [AWS::ElasticLoadBalancingV2::TargetGroup]}
#   reads: [[Protocol]]
package paylint.rules.cleartext_transport.cloudformation_targets

import data.paylint.lib

# Functions and other balancers are called in ways of their own.
groups contains r if {
	r := input.cloudformation["AWS::ElasticLoadBalancingV2::TargetGroup"][_]
	not lib.text(object.get(r.config, "TargetType", "instance")) in {"lambda", "alb"}
	upper(lib.text(r.config.Protocol)) in {"HTTP", "HTTPS"}
}

applies contains r.id if some r in groups

deny contains {"subject": r.id, "path": ["Protocol"], "msg": msg} if {
	some r in groups
	upper(lib.text(r.config.Protocol)) == "HTTP"
	msg := sprintf("what `%s` passes on travels the internal network in plain text; use HTTPS to the targets too", [r.name])
}
