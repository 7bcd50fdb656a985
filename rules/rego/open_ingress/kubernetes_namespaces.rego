# METADATA
# title: A NetworkPolicy lets every pod of the cluster in to in-scope pods
# custom:
#   severity: medium
#   confidence: high
#   applies_to: {kubernetes: [NetworkPolicy]}
package paylint.rules.open_ingress.kubernetes_namespaces

import data.paylint.kubernetes

applies contains p.id if {
	p := kubernetes.network_policies[_]
	kubernetes.concerns_scope(p)
	kubernetes.governs(p, "Ingress")
}

deny contains {"subject": p.id, "path": ["spec", "ingress", i, "from", j, "namespaceSelector"], "msg": msg} if {
	p := kubernetes.network_policies[_]
	p.id in applies
	peer := p.config.spec.ingress[i].from[j]
	kubernetes.every_namespace(peer)
	msg := sprintf("`%s` lets every pod of every namespace connect to its in-scope pods; name the namespace and the callers", [p.name])
}
