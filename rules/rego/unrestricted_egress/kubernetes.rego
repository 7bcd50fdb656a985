# METADATA
# title: A NetworkPolicy lets in-scope pods send anywhere
# custom: {confidence: medium, applies_to: {kubernetes: [NetworkPolicy]}, reads: [[spec, egress, "*", to, "*", ipBlock, cidr]]}
package paylint.rules.unrestricted_egress.kubernetes

import data.paylint.kubernetes
import data.paylint.lib

# Policies that govern the way out of pods in scope: by their own labels, or those of pods they pick here.
applies contains p.id if {
	p := kubernetes.network_policies[_]
	kubernetes.governs(p, "Egress")
	kubernetes.concerns_scope(p)
}

# A rule without peers, or with an empty list of them, allows every destination.
deny contains {"subject": p.id, "path": ["spec", "egress", i, "to"], "msg": msg} if {
	p := kubernetes.network_policies[_]
	p.id in applies
	rule := p.config.spec.egress[i]
	lib.known(rule)
	lib.as_array(kubernetes.get(rule, "to", [])) == []
	not kubernetes.only_dns(rule)
	msg := sprintf("`%s` allows its in-scope pods every destination: an empty `to` means all; name the peers", [p.name])
}

# Names are asked for inside of the cluster; port 53 of everybody is the classic way out for data.
deny contains {"subject": p.id, "path": ["spec", "egress", i, "to"], "msg": msg, "severity": "low"} if {
	p := kubernetes.network_policies[_]
	p.id in applies
	rule := p.config.spec.egress[i]
	lib.known(rule)
	lib.as_array(kubernetes.get(rule, "to", [])) == []
	kubernetes.only_dns(rule)
	msg := sprintf("`%s` allows its in-scope pods DNS to every destination, a way out for data; name the cluster's DNS in `to` (namespace kube-system, k8s-app: kube-dns)", [p.name])
}

deny contains {"subject": p.id, "path": ["spec", "egress", i, "to", j, "ipBlock", "cidr"], "msg": msg} if {
	p := kubernetes.network_policies[_]
	p.id in applies
	rule := p.config.spec.egress[i]
	cidr := rule.to[j].ipBlock.cidr
	lib.cidr_is_wide(cidr)
	not kubernetes.only_dns(rule)
	msg := sprintf("`%s` allows its in-scope pods %s (%s); name the addresses they need", [p.name, lib.the_internet(cidr), cidr])
}

deny contains {"subject": p.id, "path": ["spec", "egress", i, "to", j, "namespaceSelector"], "msg": msg} if {
	p := kubernetes.network_policies[_]
	p.id in applies
	rule := p.config.spec.egress[i]
	peer := rule.to[j]
	kubernetes.every_namespace(peer)
	not kubernetes.only_dns(rule)
	msg := sprintf("`%s` allows its in-scope pods every pod of every namespace; name the namespace and the pods they call", [p.name])
}
