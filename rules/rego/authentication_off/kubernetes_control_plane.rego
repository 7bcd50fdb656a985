# METADATA
# title: A component of the cluster itself answers callers without authentication
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, KubeletConfiguration]
package paylint.rules.authentication_off.kubernetes_control_plane

import data.paylint.kubernetes
import data.paylint.lib

components contains {"pod": pod, "container": c, "program": program} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	some program in ["kube-apiserver", "kubelet", "etcd"]
	kubernetes.runs(c, program)
}

applies contains found.pod.id if some found in components

deny contains {"subject": found.pod.id, "path": flag.path, "msg": msg} if {
	some found in components
	found.program in {"kube-apiserver", "kubelet"}
	flag := kubernetes.flags(found.container)[_]
	flag.name == "anonymous-auth"
	lib.truthy(flag.value)
	msg := sprintf("--anonymous-auth=true: %s answers requests that say no name; set false", [found.program])
}

deny contains {"subject": found.pod.id, "path": flag.path, "msg": msg} if {
	some found in components
	flag := kubernetes.flags(found.container)[_]
	flag.name in {"insecure-port", "read-only-port"}
	lib.number(flag.value) > 0
	msg := sprintf("--%s %s serves plain HTTP to whoever connects, without authentication; set 0", [flag.name, flag.value])
}

# etcd holds every Secret. Its settings may come as variables or as a file, too.
elsewhere(c) if {
	variable := kubernetes.variables(c)[_]
	regex.match(`^ETCD_(?:CLIENT_CERT_AUTH|TRUSTED_CA_FILE|CONFIG_FILE|LISTEN_CLIENT_URLS)$`, variable.name)
}

elsewhere(c) if count(kubernetes.flag(c, "config-file")) > 0

# Nobody but its own node reaches it there.
listens_outside(c) if {
	some urls in kubernetes.flag(c, "listen-client-urls")
	some url in split(urls, ",")
	not regex.match(`^https?://(?:127\.|localhost|\[::1\])`, url)
}

deny contains {"subject": found.pod.id, "path": array.concat(found.container.path, ["name"]), "msg": msg} if {
	some found in components
	found.program == "etcd"
	listens_outside(found.container)
	not elsewhere(found.container)
	count(kubernetes.flag(found.container, "client-cert-auth")) == 0
	msg := "without --client-cert-auth etcd serves every secret of the cluster to whoever connects; set it, with --trusted-ca-file"
}

deny contains {"subject": found.pod.id, "path": flag.path, "msg": msg} if {
	some found in components
	found.program == "etcd"
	flag := kubernetes.flags(found.container)[_]
	flag.name in {"client-cert-auth", "peer-client-cert-auth"}
	lib.falsy(flag.value)
	msg := sprintf("--%s=false: etcd accepts whoever connects; set true", [flag.name])
}

# --- the kubelet's file

kubelets contains s if {
	s := input.kubernetes.KubeletConfiguration[_]
	kubernetes.in_group(s, "kubelet.config.k8s.io")
}

applies contains s.id if some s in kubelets

deny contains {"subject": s.id, "path": ["authentication", "anonymous", "enabled"], "msg": msg} if {
	some s in kubelets
	lib.truthy(s.config.authentication.anonymous.enabled)
	msg := "the kubelet answers requests that say no name: it runs commands in every pod of its node; set false"
}

deny contains {"subject": s.id, "path": ["readOnlyPort"], "msg": msg} if {
	some s in kubelets
	lib.number(s.config.readOnlyPort) > 0
	msg := sprintf("port %v shows all pods of the node to whoever connects, without authentication; set 0", [s.config.readOnlyPort])
}
