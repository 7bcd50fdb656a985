# METADATA
# title: A network policy of Cilium or Calico lets everybody in
# custom:
#   severity: medium
#   confidence: medium
#   applies_to: {kubernetes: [CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy, NetworkPolicy, GlobalNetworkPolicy]}
package paylint.rules.open_ingress.kubernetes_fences

import data.paylint.fences
import data.paylint.lib

applies contains id if some id in fences.concerned

# A port of the web for one workload may be what it is there for.
meant(rule) if {
	count(rule.ports) > 0
	every port in rule.ports {
		not port in lib.guarded_ports
	}
}

meant(rule) if {
	not rule.wide
	count(rule.ports) == 0
}

deny contains {"subject": rule.subject, "path": rule.path, "msg": msg} if {
	rule := fences.open("ingress")[_]
	not meant(rule)
	msg := sprintf("`%s` lets %s connect to what it is to protect; name the callers, and the ports they need", [rule.name, rule.what])
}
