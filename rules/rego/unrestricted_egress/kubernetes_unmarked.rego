# METADATA
# title: A NetworkPolicy lets pods send anywhere, and nothing says what is in scope
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {kubernetes: [NetworkPolicy]}
package paylint.rules.unrestricted_egress.kubernetes_unmarked

import data.paylint.kubernetes
import data.paylint.lib
import data.paylint.marks

policies contains p if {
	marks.unmarked
	p := kubernetes.network_policies[_]
	kubernetes.governs(p, "Egress")
}

applies contains p.id if some p in policies

all_ports(rule) if lib.as_array(kubernetes.get(rule, "ports", [])) == []

deny contains {"subject": p.id, "path": ["spec", "egress", i], "msg": msg} if {
	some p in policies
	rule := p.config.spec.egress[i]
	lib.known(rule)
	lib.as_array(kubernetes.get(rule, "to", [])) == []
	all_ports(rule)
	msg := sprintf("`%s` allows every destination at every port: a rule without `to` means all; name the peers", [p.name])
}

deny contains {"subject": p.id, "path": ["spec", "egress", i, "to", j, "ipBlock", "cidr"], "msg": msg} if {
	some p in policies
	rule := p.config.spec.egress[i]
	block := rule.to[j].ipBlock
	lib.cidr_is_open(block.cidr)
	lib.as_array(kubernetes.get(block, "except", [])) == []
	all_ports(rule)
	msg := sprintf("`%s` allows every address (%s) at every port; name the addresses and ports its pods need", [p.name, block.cidr])
}
