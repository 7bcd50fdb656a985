# METADATA
# title: A NetworkPolicy lets everybody in to in-scope pods
# custom: {confidence: medium, applies_to: {kubernetes: [NetworkPolicy]}, reads: [[spec, ingress, "*", from, "*", ipBlock, cidr]]}
package paylint.rules.open_ingress.kubernetes

import data.paylint.kubernetes
import data.paylint.lib

applies contains p.id if {
	p := kubernetes.network_policies[_]
	kubernetes.concerns_scope(p)
	kubernetes.governs(p, "Ingress")
}

deny contains {"subject": p.id, "path": ["spec", "ingress", i, "from"], "msg": msg} if {
	p := kubernetes.network_policies[_]
	p.id in applies
	rule := p.config.spec.ingress[i]
	lib.known(rule)
	lib.as_array(kubernetes.get(rule, "from", [])) == []
	msg := sprintf("`%s` lets every source connect to its in-scope pods: an empty `from` means all; name the callers", [p.name])
}

deny contains {"subject": p.id, "path": ["spec", "ingress", i, "from", j, "ipBlock", "cidr"], "msg": msg} if {
	p := kubernetes.network_policies[_]
	p.id in applies
	cidr := p.config.spec.ingress[i].from[j].ipBlock.cidr
	lib.cidr_is_open(cidr)
	msg := sprintf("`%s` lets the whole internet (%s) connect to its in-scope pods; name the callers", [p.name, cidr])
}
