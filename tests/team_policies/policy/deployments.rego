package main

import rego.v1

import data.lib.workloads

name := input.metadata.name

deny contains msg if {
	input.kind == "Deployment"
	not input.spec.template.spec.securityContext.runAsNonRoot
	print("looking at", name)
	msg := sprintf("Containers must not run as root in Deployment %s", [name])
}

deny contains msg if {
	some container in workloads.containers
	not container.resources.limits.memory
	msg := sprintf("Container %q of %q has no memory limit", [container.name, name])
}

violation contains {"msg": msg, "details": {"severity": "critical", "container": container.name}} if {
	some container in workloads.containers
	container.securityContext.privileged
	msg := "Nothing runs privileged"
}

warn_few_replicas contains msg if {
	input.kind == "Deployment"
	input.spec.replicas < 2
	msg := sprintf("%d replica only", [input.spec.replicas])
}
