# METADATA
# title: The mesh lets workloads call any host
# custom:
#   severity: low
#   confidence: medium
#   applies_to: {kubernetes: [IstioOperator, Istio, Sidecar]}
package paylint.rules.unrestricted_egress.istio

import data.paylint.kubernetes
import data.paylint.lib

places := [
	{"kind": "IstioOperator", "group": "install.istio.io", "path": ["spec", "meshConfig", "outboundTrafficPolicy", "mode"]},
	{"kind": "IstioOperator", "group": "install.istio.io", "path": ["spec", "values", "global", "outboundTrafficPolicy", "mode"]},
	{"kind": "Istio", "group": "sailoperator.io", "path": ["spec", "values", "meshConfig", "outboundTrafficPolicy", "mode"]},
	{"kind": "Sidecar", "group": "networking.istio.io", "path": ["spec", "outboundTrafficPolicy", "mode"]},
]

settings contains {"subject": s.id, "path": place.path, "mode": mode} if {
	some place in places
	s := input.kubernetes[place.kind][_]
	kubernetes.in_group(s, place.group)
	mode := lib.text(kubernetes.get(s.config, place.path, null))
}

applies contains setting.subject if some setting in settings

deny contains {"subject": setting.subject, "path": setting.path, "msg": msg} if {
	some setting in settings
	upper(lib.text(setting.mode)) == "ALLOW_ANY"
	msg := "ALLOW_ANY: workloads of the mesh may call any host; set REGISTRY_ONLY, and name the hosts by ServiceEntry"
}
