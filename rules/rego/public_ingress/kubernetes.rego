# METADATA
# title: A NetworkPolicy lets a large part of the internet in to in-scope pods
# custom: {confidence: high, applies_to: {kubernetes: [NetworkPolicy]}, reads: [[spec, ingress, "*", from, "*", ipBlock, cidr]]}
package paylint.rules.public_ingress.kubernetes

import data.paylint.kubernetes
import data.paylint.lib

applies contains p.id if {
	p := kubernetes.network_policies[_]
	kubernetes.concerns_scope(p)
	p.config.spec.ingress[_].from[_].ipBlock.cidr
}

deny contains {"subject": p.id, "path": ["spec", "ingress", i, "from", j, "ipBlock", "cidr"], "msg": msg} if {
	p := kubernetes.network_policies[_]
	p.id in applies
	cidr := p.config.spec.ingress[i].from[j].ipBlock.cidr
	lib.cidr_is_wide(cidr)
	not lib.cidr_is_open(cidr)
	msg := sprintf("`%s` lets %s (%s) connect to its in-scope pods; write the range that is meant", [p.name, lib.the_internet(cidr), cidr])
}
