# METADATA
# title: A NetworkPolicy selects no workload
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {kubernetes: [NetworkPolicy]}
package paylint.rules.workload_not_isolated.kubernetes_unused

import data.paylint.kubernetes
import data.paylint.lib

# Operators make pods that no manifest shows: with their resources here nobody can say what a policy selects.
familiar(s) if regex.match(`^(?:[a-z0-9]+|apps/.*|batch/.*|autoscaling/.*|policy/.*|[a-z.]*k8s\.io/.*|[a-z]+\.istio\.io/.*|[a-z.]*cert-manager\.io/.*|monitoring\.coreos\.com/.*|external-secrets\.io/.*|bitnami\.com/.*)$`, lib.text(s.config.apiVersion))

makes_pods_elsewhere if {
	s := input.kubernetes[_][_]
	not familiar(s)
}

applies contains p.id if {
	p := kubernetes.network_policies[_]
	not kubernetes.picks_all(p)
	not lib.has_unknown(kubernetes.pod_selector(p))
	neighbours(p)
	not makes_pods_elsewhere
}

neighbours(p) if count(kubernetes.pods_in(lib.namespace(p))) > 0

selects_something(p) if count(kubernetes.picked(p)) > 0

deny contains {"subject": p.id, "path": ["spec", "podSelector"], "msg": msg} if {
	p := kubernetes.network_policies[_]
	p.id in applies
	input.unit.alone
	not selects_something(p)
	msg := sprintf("`%s` selects no workload of namespace %s: what it is to protect stays open; compare its podSelector with the pods' labels", [p.name, lib.namespace(p)])
}

unknown contains {"subject": p.id, "reason": "its pods may be made by other manifests"} if {
	p := kubernetes.network_policies[_]
	p.id in applies
	not input.unit.alone
	not selects_something(p)
}
