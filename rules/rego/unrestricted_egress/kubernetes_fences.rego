# METADATA
# title: A network policy of Cilium or Calico lets workloads send anywhere
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {kubernetes: [CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy, NetworkPolicy, GlobalNetworkPolicy]}
package paylint.rules.unrestricted_egress.kubernetes_fences

import data.paylint.fences

applies contains id if some id in fences.concerned

only_dns(rule) if {
	count(rule.ports) > 0
	every port in rule.ports {
		port in {53, 853, 5353}
	}
}

deny contains {"subject": rule.subject, "path": rule.path, "msg": msg} if {
	rule := fences.open("egress")[_]
	not only_dns(rule)
	msg := sprintf("`%s` lets workloads send to %s; name the peers they need, or their domains", [rule.name, rule.what])
}
