# METADATA
# title: A NetworkPolicy lets everybody in to in-scope pods
# custom: {confidence: medium, applies_to: {kubernetes: [NetworkPolicy]}}
package paylint.rules.open_ingress.kubernetes

import data.paylint.lib

applies contains p.id if {
	p := input.kubernetes.NetworkPolicy[_]
	concerns_scope(p)
	governs_ingress(p.config.spec)
}

governs_ingress(spec) if "Ingress" in lib.as_array(spec.policyTypes)

governs_ingress(spec) if not lib.present(spec, "policyTypes")

concerns_scope(p) if lib.in_scope(object.get(p.config, ["spec", "podSelector", "matchLabels"], {}))

concerns_scope(p) if {
	pod := lib.pods[_]
	lib.in_scope(pod.labels)
	lib.namespace(p) == pod.namespace
	lib.selects(object.get(p.config.spec, "podSelector", {}), pod.labels)
}

deny contains {"subject": p.id, "path": ["spec", "ingress", i, "from"], "msg": msg} if {
	p := input.kubernetes.NetworkPolicy[_]
	p.id in applies
	rule := p.config.spec.ingress[i]
	lib.as_array(object.get(rule, "from", [])) == []
	msg := sprintf("`%s` lets every source connect to its in-scope pods: an empty `from` means all; name the callers", [p.name])
}

deny contains {"subject": p.id, "path": ["spec", "ingress", i, "from", j, "ipBlock", "cidr"], "msg": msg} if {
	p := input.kubernetes.NetworkPolicy[_]
	p.id in applies
	cidr := p.config.spec.ingress[i].from[j].ipBlock.cidr
	lib.cidr_is_open(cidr)
	msg := sprintf("`%s` lets the whole internet (%s) connect to its in-scope pods; name the callers", [p.name, cidr])
}
