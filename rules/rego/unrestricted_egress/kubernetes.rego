# METADATA
# title: A NetworkPolicy lets in-scope pods send anywhere
# custom: {confidence: medium, applies_to: {kubernetes: [NetworkPolicy]}}
package paylint.rules.unrestricted_egress.kubernetes

import data.paylint.lib

# Policies that govern the way out of pods in scope: by their own labels, or those of pods they pick here.
applies contains p.id if {
	p := input.kubernetes.NetworkPolicy[_]
	governs_egress(p.config.spec)
	concerns_scope(p)
}

governs_egress(spec) if "Egress" in lib.as_array(spec.policyTypes)

governs_egress(spec) if {
	not lib.present(spec, "policyTypes")
	lib.present(spec, "egress")
}

concerns_scope(p) if lib.in_scope(object.get(p.config, ["spec", "podSelector", "matchLabels"], {}))

concerns_scope(p) if {
	pod := lib.pods[_]
	lib.in_scope(pod.labels)
	lib.namespace(p) == pod.namespace
	lib.selects(object.get(p.config.spec, "podSelector", {}), pod.labels)
}

# A rule without peers, or with an empty list of them, allows every destination.
deny contains {"subject": p.id, "path": ["spec", "egress", i, "to"], "msg": msg} if {
	p := input.kubernetes.NetworkPolicy[_]
	p.id in applies
	rule := p.config.spec.egress[i]
	lib.as_array(object.get(rule, "to", [])) == []
	not only_dns(rule)
	msg := sprintf("`%s` allows its in-scope pods every destination: an empty `to` means all; name the peers", [p.name])
}

deny contains {"subject": p.id, "path": ["spec", "egress", i, "to", j, "ipBlock", "cidr"], "msg": msg} if {
	p := input.kubernetes.NetworkPolicy[_]
	p.id in applies
	cidr := p.config.spec.egress[i].to[j].ipBlock.cidr
	lib.cidr_is_open(cidr)
	msg := sprintf("`%s` allows its in-scope pods the whole internet (%s); name the addresses they need", [p.name, cidr])
}

only_dns(rule) if {
	ports := lib.as_array(object.get(rule, "ports", []))
	count(ports) > 0
	every port in ports {
		lib.number(port.port) == 53
	}
}
