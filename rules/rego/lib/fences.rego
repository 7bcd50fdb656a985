# Network policies of Cilium and Calico, as far as they open something: `import data.paylint.fences`.
#
# METADATA
# title: What network policies of other makes let through
package paylint.fences

import data.paylint.kubernetes
import data.paylint.lib
import data.paylint.marks

# kinds: those of Cilium and Calico.
kinds := ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "NetworkPolicy", "GlobalNetworkPolicy"]

policies := [s |
	some kind in kinds
	s := input.kubernetes[kind][_]
	_make(s)
]

_make(s) := "cilium" if kubernetes.in_group(s, "cilium.io")

_make(s) := "calico" if kubernetes.in_group(s, "projectcalico.org")

_make(s) := "calico" if kubernetes.in_group(s, "crd.projectcalico.org")

# concerned: the ids of those that are about workloads in scope, or about all of them; of all where nothing is marked.
concerned := {s.id | s := policies[_]; _concerns(s)}

_concerns(_) if marks.unmarked

_concerns(s) if wide(s)

_concerns(s) if {
	some key, _ in data.settings.cde_labels
	some label, _ in kubernetes.entries(kubernetes.get(s.config, ["spec", "endpointSelector", "matchLabels"], {}))
	endswith(label, key)
}

_concerns(s) if {
	some key, _ in data.settings.cde_labels
	contains(lib.text(s.config.spec.selector), key)
}

# wide(s): it is about every workload of its namespace, or of the cluster.
wide(s) if {
	_make(s) == "cilium"
	lib.known(s.config.spec.endpointSelector)
	count(kubernetes.entries(s.config.spec.endpointSelector)) == 0
}

wide(s) if {
	_make(s) == "calico"
	trim_space(lib.text(kubernetes.get(s.config, ["spec", "selector"], "all()"))) in {"all()", ""}
}

# open(direction): {subject, name, path, what, ports, wide}: rules that let through from, or to, everywhere ("ingress",
# "egress"). `ports` are numbers; [] where all are meant.
open(direction) := array.concat(_cilium(direction), _calico(direction))

_side := {"ingress": "from", "egress": "to"}

_cilium(direction) := [{"subject": s.id, "name": s.name, "path": found.path, "what": found.what, "ports": _cilium_ports(rule), "wide": true} |
	s := policies[_]
	_make(s) == "cilium"
	s.id in concerned
	rule := kubernetes.get(s.config, ["spec", direction], [])[i]
	found := _cilium_peers(rule, _side[direction], ["spec", direction, i])[_]
]

_cilium_peers(rule, side, path) := array.concat(
	[{"path": array.concat(path, [key, j]), "what": sprintf("the entity %v", [entity])} |
		key := sprintf("%sEntities", [side])
		entity := rule[key][j]
		entity in {"all", "world", "world-ipv4", "world-ipv6"}
	],
	array.concat(
		[{"path": array.concat(path, [key, j]), "what": cidr} |
			key := sprintf("%sCIDR", [side])
			cidr := rule[key][j]
			lib.cidr_is_open(cidr)
		],
		[{"path": array.concat(path, [key, j, "cidr"]), "what": block.cidr} |
			key := sprintf("%sCIDRSet", [side])
			block := rule[key][j]
			lib.cidr_is_open(block.cidr)
			not lib.present(block, "except")
		],
	),
)

_cilium_ports(rule) := [lib.number(port.port) | port := rule.toPorts[_].ports[_]; lib.number(port.port)]

_far := {"ingress": "source", "egress": "destination"}

_calico(direction) := [{"subject": s.id, "name": s.name, "path": found.path, "what": found.what, "ports": _calico_ports(rule), "wide": wide_or_net} |
	s := policies[_]
	_make(s) == "calico"
	s.id in concerned
	rule := kubernetes.get(s.config, ["spec", direction], [])[i]
	lower(lib.text(rule.action)) == "allow"
	not contains(upper(lib.text(kubernetes.get(rule, "protocol", ""))), "ICMP")
	found := _calico_peers(rule, _far[direction], ["spec", direction, i])[_]
	wide_or_net := _is_wide(s, found)
]

_is_wide(s, found) if {
	wide(s)
} else if {
	found.net
} else := false

_calico_peers(rule, far, path) := array.concat(
	[{"path": array.concat(path, ["action"]), "what": "everyone", "net": false} | not _names_peers(kubernetes.get(rule, far, {}))],
	[{"path": array.concat(path, [far, "nets", j]), "what": net, "net": true} |
		net := rule[far].nets[j]
		lib.cidr_is_open(net)
	],
)

_names_peers(peer) if {
	some key in ["nets", "notNets", "selector", "notSelector", "namespaceSelector", "serviceAccounts", "services", "domains"]
	lib.present(peer, key)
}

_calico_ports(rule) := [lib.number(port) | port := rule.destination.ports[_]; lib.number(port)]
