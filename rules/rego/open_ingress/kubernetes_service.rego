# METADATA
# title: A Service lets the internet reach administration or a database
# custom: {confidence: medium, applies_to: {kubernetes: [Service]}, reads: [[spec, type], [spec, loadBalancerSourceRanges]]}
package paylint.rules.open_ingress.kubernetes_service

import data.paylint.kubernetes
import data.paylint.lib

services contains s if {
	s := input.kubernetes.Service[_]
	kubernetes.in_group(s, "")
	published(s)
}

published(s) if s.config.spec.type in {"LoadBalancer", "NodePort"}

published(s) if kubernetes.size(s.config.spec.externalIPs) > 0

applies contains s.id if some s in services

# The ports it answers at that are guarded; a database keeps its own behind another number.
guarded(s) := [port |
	some key in ["port", "targetPort"]
	port := lib.number(s.config.spec.ports[_][key])
	port in lib.guarded_ports
]

# --- load balancers: for everyone, unless their sources are named

sources(s) := array.concat(
	lib.as_array(kubernetes.get(s.config.spec, "loadBalancerSourceRanges", [])),
	[trim_space(range) |
		some key in ["service.beta.kubernetes.io/load-balancer-source-ranges", "service.beta.kubernetes.io/aws-load-balancer-source-ranges", "service.beta.kubernetes.io/azure-allowed-ip-ranges"]
		some range in split(kubernetes.annotation(s, key), ",")
	],
)

open_to(s) := ["spec", "type"] if {
	count(sources(s)) == 0
	not lib.is_unknown(s.config.spec.loadBalancerSourceRanges)
}

open_to(s) := ["spec", "loadBalancerSourceRanges"] if {
	some range in sources(s)
	lib.cidr_is_wide(range)
}

# Where the balancer stands may be decided by a pool of addresses, or a class that is not known here.
private(s) if kubernetes.is_internal(s)

private(s) if {
	some key, _ in kubernetes.entries(s.config.metadata.annotations)
	regex.match(`^(?:metallb\.(?:universe\.tf|io)|kube-vip\.io|tailscale\.com|lbipam\.cilium\.io|io\.cilium)/`, key)
}

private(s) if regex.match(`^(?:10|192\.168|172\.(?:1[6-9]|2[0-9]|3[01]))\.`, lib.text(s.config.spec.loadBalancerIP))

private(s) if {
	lib.present(s.config.spec, "loadBalancerClass")
	not s.config.spec.loadBalancerClass == "service.k8s.aws/nlb"
}

deny contains {"subject": s.id, "path": path, "msg": msg} if {
	some s in services
	s.config.spec.type == "LoadBalancer"
	not private(s)
	ports := guarded(s)
	count(ports) > 0
	path := open_to(s)
	msg := sprintf("`%s` is a load balancer that lets the whole internet reach port %v; make it internal, or name its sources in loadBalancerSourceRanges", [s.name, min(ports)])
}

deny contains {"subject": s.id, "path": ["spec", "externalIPs"], "msg": msg} if {
	some s in services
	kubernetes.get(s.config, ["spec", "type"], "ClusterIP") != "LoadBalancer"
	kubernetes.size(s.config.spec.externalIPs) > 0
	ports := guarded(s)
	count(ports) > 0
	msg := sprintf("`%s` answers at an address outside of the cluster on port %v; take externalIPs out, and reach it from inside", [s.name, min(ports)])
}

# --- node ports: at every node, past the load balancer and its sources

deny contains {"subject": s.id, "path": ["spec", "type"], "msg": msg, "confidence": "medium"} if {
	some s in services
	s.config.spec.type == "NodePort"
	ports := guarded(s)
	count(ports) > 0
	msg := sprintf("`%s` opens port %v at the address of every node; use ClusterIP, and reach it from inside", [s.name, min(ports)])
}
