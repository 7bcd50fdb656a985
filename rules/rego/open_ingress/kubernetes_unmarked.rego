# METADATA
# title: A NetworkPolicy lets everybody in, and nothing says what is in scope
# custom:
#   severity: medium
#   confidence: medium
#   applies_to: {kubernetes: [NetworkPolicy]}
package paylint.rules.open_ingress.kubernetes_unmarked

import data.paylint.kubernetes
import data.paylint.lib
import data.paylint.marks

policies contains p if {
	marks.unmarked
	p := kubernetes.network_policies[_]
	kubernetes.governs(p, "Ingress")
}

applies contains p.id if some p in policies

ports(rule) := lib.as_array(kubernetes.get(rule, "ports", []))

guarded(rule) := [number | number := lib.number(ports(rule)[_].port); number in lib.guarded_ports]

# All ports, or one that administration or a database answers at; a web port may be what it is there for.
wide(rule) if count(ports(rule)) == 0

wide(rule) if count(guarded(rule)) > 0

deny contains {"subject": p.id, "path": ["spec", "ingress", i, "from", j, "ipBlock", "cidr"], "msg": msg} if {
	some p in policies
	rule := p.config.spec.ingress[i]
	block := rule.from[j].ipBlock
	lib.cidr_is_open(block.cidr)
	lib.as_array(kubernetes.get(block, "except", [])) == []
	wide(rule)
	msg := sprintf("`%s` lets the whole internet (%s) connect to its pods; name the callers, and the ports they need", [p.name, block.cidr])
}

# Whoever names one workload and all callers publishes it; for all workloads that undoes every other policy.
deny contains {"subject": p.id, "path": ["spec", "ingress", i], "msg": msg} if {
	some p in policies
	rule := p.config.spec.ingress[i]
	lib.known(rule)
	lib.as_array(kubernetes.get(rule, "from", [])) == []
	exposed(p, rule)
	msg := sprintf("`%s` lets every source connect: a rule without `from` means all; name the callers", [p.name])
}

exposed(p, rule) if {
	kubernetes.picks_all(p)
	count(ports(rule)) == 0
}

exposed(_, rule) if count(guarded(rule)) > 0
