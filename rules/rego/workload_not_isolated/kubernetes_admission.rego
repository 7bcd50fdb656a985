# METADATA
# title: Pods are admitted to their node's network, where no network policy reaches them
# custom:
#   severity: medium
#   confidence: medium
#   applies_to:
#     kubernetes: [PodSecurityPolicy, SecurityContextConstraints]
package paylint.rules.workload_not_isolated.kubernetes_admission

import data.paylint.lib

subjects contains s if s := input.kubernetes.PodSecurityPolicy[_]

# Those of the platform itself are its business.
subjects contains s if {
	s := input.kubernetes.SecurityContextConstraints[_]
	not s.name in {"privileged", "hostaccess", "hostnetwork", "hostnetwork-v2", "hostmount-anyuid", "node-exporter", "anyuid"}
}

applies contains s.id if some s in subjects

deny contains {"subject": s.id, "path": ["spec", "hostNetwork"], "msg": msg} if {
	some s in subjects
	lib.truthy(s.config.spec.hostNetwork)
	msg := "this policy admits pods to their node's network, past every network policy; set false, and use pod security admission: clusters of today do not know this kind"
}

deny contains {"subject": s.id, "path": ["spec", "hostPorts", i], "msg": msg, "severity": "low"} if {
	some s in subjects
	range := s.config.spec.hostPorts[i]
	lib.number(range.max) - lib.number(range.min) > 1000
	msg := "this policy admits pods at nearly any port of their node, past Services and what guards them; take hostPorts out"
}

deny contains {"subject": s.id, "path": ["allowHostNetwork"], "msg": msg} if {
	some s in subjects
	s.type == "SecurityContextConstraints"
	lib.truthy(s.config.allowHostNetwork)
	msg := "allowHostNetwork: pods with these constraints may be on their node's network, past every network policy; set false"
}
