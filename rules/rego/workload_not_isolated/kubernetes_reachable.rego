# METADATA
# title: A workload outside of the scope may connect to one in scope
# custom:
#   severity: medium
#   confidence: medium
#   applies_to: {kubernetes: [NetworkPolicy]}
package paylint.rules.workload_not_isolated.kubernetes_reachable

import data.paylint.kubernetes
import data.paylint.lib

applies contains p.id if {
	p := kubernetes.network_policies[_]
	kubernetes.governs(p, "Ingress")
	count(protected(p)) > 0
}

# The workloads in scope that a policy is about, but for those that the mesh guards as well.
protected(p) := {pod.subject.name |
	pod := kubernetes.picked(p)[_]
	kubernetes.is_scoped(pod)
	not kubernetes.callers_named(pod)
}

callers(p, peer) := [pod | pod := kubernetes.admitted(p, peer)[_]; pod.id in outsiders]

outsiders contains pod.id if {
	pod := lib.pods[_]
	not kubernetes.is_scoped(pod)
	not foreign(pod)
	not pod.namespace in lib.machinery
}

# The label classifies it as something else than out of scope ("connected-to"): somebody has thought about it.
foreign(pod) if {
	kubernetes.is_classified(pod)
	not kubernetes.is_declared_out(pod)
}

deny contains {"subject": p.id, "path": ["spec", "ingress", i, "from", j], "msg": msg, "confidence": confidence} if {
	p := kubernetes.network_policies[_]
	p.id in applies
	peer := p.config.spec.ingress[i].from[j]
	not kubernetes.every_namespace(peer)
	found := callers(p, peer)
	count(found) > 0
	confidence := confidence_in(peer, found)
	msg := sprintf(
		"this lets `%v`, which is not marked in scope, connect to `%v`, which is: name only callers that are in scope, or mark it as connected",
		[min([pod.subject.name | some pod in found]), min(protected(p))],
	)
}

# A caller that is named by its labels was let in on purpose, and may only lack the mark.
confidence_in(peer, found) := "high" if {
	kubernetes.is_declared_out(found[_])
} else := "low" if {
	kubernetes.names_pods(peer)
} else := "medium"
