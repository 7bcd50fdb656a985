package main

import future.keywords.contains
import future.keywords.if
import future.keywords.in

# METADATA
# title: No service is reachable from the internet
# description: What listens there is part of the cardholder data environment.
# custom:
#   severity: critical
#   remediation: Use an Ingress of the edge.
deny_exposed contains msg if {
	input.kind == "Service"
	input.spec.type in {"LoadBalancer", "NodePort"}
	msg := sprintf("Service `%v` is exposed", [name])
}

exception contains rules if {
	input.kind == "Service"
	name == "edge"
	rules := ["exposed"]
}
