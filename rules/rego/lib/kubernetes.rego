# What rules about Kubernetes share: `import data.paylint.kubernetes`. Pods, containers and selectors are in paylint.lib.
#
# METADATA
# title: Helpers for paylint's rules about Kubernetes
package paylint.kubernetes

import data.paylint.lib

# in_group(s, group): the manifest's API group; "" is the core's. A kind alone says little: many groups have a Gateway.
in_group(s, group) if startswith(lib.text(s.config.apiVersion), sprintf("%s/", [group]))

in_group(s, "") if not contains(lib.text(s.config.apiVersion), "/")

# get(v, key, otherwise): what v holds at a key, or a path of keys; `otherwise` where that is nothing or null, or v is no
# object. Manifests hold lists and words where objects belong.
get(v, key, otherwise) := found if {
	is_object(v)
	found := object.get(v, key, null)
	found != null
} else := otherwise

# entries(v): v if it is a known object, else {}: for `some key, value in`.
entries(v) := v if {
	is_object(v)
	lib.known(v)
} else := {}

# size(v): how many items or keys v has; 0 for what has none.
size(v) := count(v) if {
	is_array(v)
} else := count(v) if {
	is_object(v)
	lib.known(v)
} else := 0

# annotation(s, key): an annotation's text; undefined where there is none.
annotation(s, key) := lib.text(s.config.metadata.annotations[key])

# has_certificate(ingress): Google's load balancer gets a certificate for it, and so serves HTTPS.
has_certificate(s) if count(lib.as_array(get(s.config.spec, "tls", []))) > 0

has_certificate(s) if annotation(s, "networking.gke.io/managed-certificates")

has_certificate(s) if annotation(s, "ingress.gcp.kubernetes.io/pre-shared-cert")

has_certificate(s) if annotation(s, "networking.gke.io/v1beta1.FrontendConfig")

# is_node_agent(pod): a DaemonSet by whose name or image it is known to do its node's own work, and so to need its node.
is_node_agent(pod) if {
	pod.subject.type == "DaemonSet"
	some name in array.concat([pod.subject.name], [lib.text(image) | image := pod.spec.containers[_].image])
	regex.match(`(?i)exporter|cadvisor|fluent|promtail|filebeat|metricbeat|logstash|vector|collectd|telegraf|datadog|dd-agent|newrelic|dynatrace|oneagent|falco|tetragon|sysdig|tracee|kubearmor|cilium|calico|flannel|weave|antrea|kube-?router|kube-?proxy|multus|whereabouts|cni|csi|longhorn|rook|ceph|gluster|portworx|device-?plugin|nvidia|gpu|node-?problem|node-?local-?dns|metallb|speaker|kured|alloy|grafana-agent|opentelemetry|otel|ebpf|beyla|parca|pyroscope|splunk|sumologic|wazuh|twistlock|aqua|kube-?bench|node-agent|kubelet|cloud-controller|spire-agent|istio-cni|ztunnel`, name)
}

# --- scope ------------------------------------------------------------------------------------------------------------

# is_scoped(pod): the pod, what makes it, or its namespace is marked as part of the cardholder data environment.
is_scoped(pod) if lib.in_scope(pod.labels)

is_scoped(pod) if lib.in_scope(pod.subject.config.metadata.labels)

is_scoped(pod) if is_scoped_namespace(pod.namespace)

# is_scoped_namespace(name): the settings' cde_namespaces name it, or its manifest bears the label.
is_scoped_namespace(name) if name in data.settings.cde_namespaces

is_scoped_namespace(name) if {
	namespace := input.kubernetes.Namespace[_]
	namespace.name == name
	lib.in_scope(namespace.config.metadata.labels)
}

# scoped_pods: those of lib.pods that are in scope.
scoped_pods := [pod | pod := lib.pods[_]; is_scoped(pod)]

_scoped_ids := {pod.id | pod := scoped_pods[_]}

# is_declared_out(pod): its label says that it is not in scope ("pci-scope": "false"), by more than silence.
is_declared_out(pod) if {
	some key, _ in data.settings.cde_labels
	lower(sprintf("%v", [pod.labels[key]])) in {"false", "no", "none", "out", "out-of-scope"}
}

# is_classified(pod): it bears the label, whatever it says ("connected-to").
is_classified(pod) if {
	some key, _ in data.settings.cde_labels
	lib.present(pod.labels, key)
}

# --- network policies -------------------------------------------------------------------------------------------------

# network_policies: Kubernetes' own. Calico has a kind of the same name.
network_policies := [p | p := input.kubernetes.NetworkPolicy[_]; in_group(p, "networking.k8s.io")]

# pods_in(name): those of lib.pods in a namespace.
pods_in(name) := _pods_by_namespace[name]

_namespaces := {pod.namespace | pod := lib.pods[_]}

_pods_by_namespace := {name: pods |
	some name in _namespaces
	pods := [pod | pod := lib.pods[_]; pod.namespace == name]
}

# picked(policy): the pods a policy is about.
picked(policy) := [pod | selector := pod_selector(policy); pod := pods_in(lib.namespace(policy))[_]; lib.selects(selector, pod.labels)]

# governed(direction): the ids of all pods that some network policy is about in that direction ("Ingress", "Egress").
governed := {direction: ids |
	some direction in ["Ingress", "Egress"]
	ids := {pod.id | policy := network_policies[_]; governs(policy, direction); pod := picked(policy)[_]}
}

# pod_selector(policy): what it picks by; {} where it names nothing, and so everything.
pod_selector(policy) := selector if {
	selector := policy.config.spec.podSelector
	selector != null
} else := {}

# picks_all(policy): every pod of its namespace.
picks_all(policy) if {
	selector := pod_selector(policy)
	lib.known(selector)
	is_object(selector)
	not _narrows(selector)
}

_narrows(selector) if size(get(selector, "matchLabels", {})) > 0

_narrows(selector) if size(get(selector, "matchExpressions", [])) > 0

# governs(policy, direction): what it does not name in that direction ("Ingress", "Egress") is denied.
governs(policy, direction) if direction in lib.as_array(policy.config.spec.policyTypes)

governs(policy, "Ingress") if not lib.present(policy.config.spec, "policyTypes")

governs(policy, "Egress") if {
	not lib.present(policy.config.spec, "policyTypes")
	lib.present(policy.config.spec, "egress")
}

# concerns_scope(policy): it is about pods in scope: by their label, those it picks here, or its namespace.
concerns_scope(policy) if lib.in_scope(policy.config.spec.podSelector.matchLabels)

concerns_scope(policy) if picked(policy)[_].id in _scoped_ids

concerns_scope(policy) if is_scoped_namespace(lib.namespace(policy))

# admitted(policy, peer): the pods here that a peer of the policy's `from` or `to` stands for.
admitted(policy, peer) := [pod |
	pod := pods_in(lib.namespace(policy))[_]
	lib.selects(peer.podSelector, pod.labels)
] if {
	not lib.present(peer, "namespaceSelector")
} else := [pod |
	some name in _namespaces
	lib.selects(peer.namespaceSelector, namespace_labels(name))
	pod := pods_in(name)[_]
	_is_meant(peer, pod)
]

_is_meant(peer, _) if not lib.present(peer, "podSelector")

_is_meant(peer, pod) if lib.selects(peer.podSelector, pod.labels)

# namespace_labels(name): those its manifest gives it, and the one every namespace has.
namespace_labels(name) := object.union(_declared_labels(name), {"kubernetes.io/metadata.name": name})

_declared_labels(name) := found[0] if {
	found := [labels |
		namespace := input.kubernetes.Namespace[_]
		namespace.name == name
		labels := namespace.config.metadata.labels
		is_object(labels)
	]
	count(found) > 0
} else := {}

# every_namespace(peer): all pods of all namespaces.
every_namespace(peer) if {
	is_object(peer.namespaceSelector)
	lib.known(peer.namespaceSelector)
	not _narrows(peer.namespaceSelector)
	not _names_pods(peer)
}

_names_pods(peer) if _narrows(peer.podSelector)

_names_pods(peer) if lib.is_unknown(peer.podSelector)

# names_pods(peer): the peer speaks of certain pods by their labels.
names_pods(peer) if _names_pods(peer)

# only_dns(rule): all it opens is name resolution.
only_dns(rule) if {
	ports := lib.as_array(get(rule, "ports", []))
	count(ports) > 0
	every port in ports {
		_is_dns(port)
	}
}

_is_dns(port) if lib.number(port.port) in {53, 5353, 853}

_is_dns(port) if lib.text(port.port) in {"dns", "dns-tcp", "domain"}

# other_fences: the unit holds policies of another make, which may do the same.
other_fences if count([kind |
	some kind in ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "GlobalNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"]
	input.kubernetes[kind][_]
]) > 0

other_fences if {
	p := input.kubernetes.NetworkPolicy[_]
	not in_group(p, "networking.k8s.io")
}

# --- Istio ------------------------------------------------------------------------------------------------------------

# The namespace whose policies hold for the whole mesh.
_mesh_root := "istio-system"

# mesh_policies(kind, pod): those of Istio's that are about this pod.
mesh_policies(kind, pod) := [s |
	s := input.kubernetes[kind][_]
	in_group(s, "security.istio.io")
	_within(s, pod)
	_chosen(s, pod)
]

_within(s, pod) if lib.namespace(s) == pod.namespace

_within(s, _) if lib.namespace(s) == _mesh_root

_chosen(s, _) if not lib.present(s.config.spec, "selector")

_chosen(s, pod) if lib.matches_labels(get(s.config.spec.selector, "matchLabels", {}), pod.labels)

# is_strict(pod): nothing but mutual TLS reaches it: the closest PeerAuthentication with a mode decides.
is_strict(pod) if {
	modes := [{"rank": _closeness(s, pod), "mode": mode} |
		s := mesh_policies("PeerAuthentication", pod)[_]
		mode := upper(lib.text(s.config.spec.mtls.mode))
		mode != "UNSET"
	]
	closest := max([found.rank | some found in modes])
	{found.mode | some found in modes; found.rank == closest} == {"STRICT"}
}

_closeness(s, _) := 2 if lib.present(s.config.spec, "selector")

_closeness(s, pod) := 1 if {
	not lib.present(s.config.spec, "selector")
	lib.namespace(s) == pod.namespace
}

_closeness(s, pod) := 0 if {
	not lib.present(s.config.spec, "selector")
	lib.namespace(s) != pod.namespace
}

# callers_named(pod): authorisation policies let in whom they name and nobody else, by identities that mutual TLS proves.
callers_named(pod) if {
	allowing := [s | s := mesh_policies("AuthorizationPolicy", pod)[_]; is_allow(s)]
	count(allowing) > 0
	every s in allowing {
		_all_named(s)
	}
	is_strict(pod)
}

is_allow(s) if upper(lib.text(get(get(s.config, "spec", {}), "action", "ALLOW"))) == "ALLOW"

_all_named(s) if {
	every rule in lib.as_array(get(get(s.config, "spec", {}), "rules", [])) {
		names_callers(rule)
	}
}

# names_callers(rule): of an AuthorizationPolicy: every source of its `from` is limited to somebody.
names_callers(rule) if {
	count(lib.as_array(get(rule, "from", []))) > 0
	every from in lib.as_array(rule.from) {
		_names_somebody(from)
	}
}

_names_somebody(from) if {
	some key in ["principals", "namespaces", "serviceAccounts", "requestPrincipals", "ipBlocks", "remoteIpBlocks"]
	named := from.source[key]
	size(named) > 0
	not "*" in lib.as_array(named)
}

# --- containers -------------------------------------------------------------------------------------------------------

# flags(c): the command line of one of lib.containers: [{name, value, path}]; "--a=b", "--a b" and "--a" alone ("true").
flags(c) := [flag |
	some key in ["command", "args"]
	words := c.container[key]
	is_array(words)
	word := words[i]
	regex.match(`^--?[A-Za-z]`, lib.text(word))
	flag := {"name": _flag_name(word), "value": _flag_value(words, i), "path": array.concat(c.path, [key, i])}
]

_flag_name(word) := trim_left(split(word, "=")[0], "-")

_flag_value(words, i) := substring(words[i], indexof(words[i], "=") + 1, -1) if {
	contains(words[i], "=")
} else := next if {
	next := lib.text(words[i + 1])
	not startswith(next, "-")
} else := "true"

# flag(c, name): the values of one flag, as they are written; [] where it is not given.
flag(c, name) := [found.value | some found in flags(c); found.name == name]

# runs(c, program): the container runs it: by its command's first word, or by its image's name.
runs(c, program) if lib.text(c.container.command[0]) == program

runs(c, program) if endswith(lib.text(c.container.command[0]), sprintf("/%s", [program]))

runs(c, program) if {
	not lib.present(c.container, "command")
	regex.match(sprintf(`(?:^|/)%s(?:[:@]|$)`, [program]), lib.text(c.container.image))
}

# variables(c): environment variables with a literal value: [{name, value, path}].
variables(c) := [found |
	variable := c.container.env[i]
	found := {"name": lib.text(variable.name), "value": variable.value, "path": array.concat(c.path, ["env", i, "value"])}
]

# --- load balancers ---------------------------------------------------------------------------------------------------

_internal := {
	"service.beta.kubernetes.io/aws-load-balancer-internal": {"true", "0.0.0.0/0"},
	"service.beta.kubernetes.io/aws-load-balancer-scheme": {"internal"},
	"service.beta.kubernetes.io/azure-load-balancer-internal": {"true"},
	"networking.gke.io/load-balancer-type": {"internal"},
	"cloud.google.com/load-balancer-type": {"internal"},
	"service.beta.kubernetes.io/openstack-internal-load-balancer": {"true"},
	"service.beta.kubernetes.io/oci-load-balancer-internal": {"true"},
	"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": {"intranet"},
	"service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": {"private"},
	"load-balancer.hetzner.cloud/disable-public-network": {"true"},
	"alb.ingress.kubernetes.io/scheme": {"internal"},
	"kubernetes.io/ingress.class": {"gce-internal"},
}

# is_internal(s): a Service or Ingress that only the private network reaches, as far as its annotations and class say.
is_internal(s) if {
	some key, values in _internal
	lower(annotation(s, key)) in values
}

# The load balancer controller of AWS makes internal ones unless it is told otherwise.
is_internal(s) if {
	_of_aws_controller(s)
	lower(lib.text(get(s.config.metadata, ["annotations", "service.beta.kubernetes.io/aws-load-balancer-scheme"], "internal"))) == "internal"
}

_of_aws_controller(s) if s.config.spec.loadBalancerClass == "service.k8s.aws/nlb"

_of_aws_controller(s) if annotation(s, "service.beta.kubernetes.io/aws-load-balancer-type") in {"external", "nlb-ip"}
