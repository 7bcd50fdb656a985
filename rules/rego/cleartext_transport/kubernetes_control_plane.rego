# METADATA
# title: etcd, or a part of the cluster that calls it, speaks plain HTTP
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ClusterConfiguration, MasterConfiguration, InitConfiguration, JoinConfiguration, KubeadmControlPlane, KubeadmControlPlaneTemplate, KubeadmConfig, KubeadmConfigTemplate, ClusterConfig, Cluster, InstanceGroup]
package paylint.rules.cleartext_transport.kubernetes_control_plane

import data.paylint.components
import data.paylint.kubernetes
import data.paylint.lib

urls := {
	"etcd": ["listen-client-urls", "advertise-client-urls", "listen-peer-urls", "initial-advertise-peer-urls"],
	"kube-apiserver": ["etcd-servers"],
}

applies contains c.subject if {
	some program, _ in urls
	c := components.of(program)[_]
}

plain(text) := [trim_space(url) |
	some url in split(text, ",")
	regex.match(`(?i)^\s*http://`, url)
	not components.is_local(url)
]

deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	some program, names in urls
	c := components.of(program)[_]
	flag := components.flags(c, names)[_]
	found := plain(flag.value)
	count(found) > 0
	msg := sprintf("%s: %s is without TLS, and every secret of the cluster passes there; use https, with a certificate and its key", [flag.name, found[0]])
}

# The same as variables.
deny contains {"subject": pod.id, "path": variable.path, "msg": msg} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	variable := kubernetes.variables(c)[_]
	variable.name in {"ETCD_LISTEN_CLIENT_URLS", "ETCD_ADVERTISE_CLIENT_URLS", "ETCD_LISTEN_PEER_URLS", "ETCD_INITIAL_ADVERTISE_PEER_URLS"}
	found := plain(lib.text(variable.value))
	count(found) > 0
	msg := sprintf("%s: %s is without TLS, and what etcd holds passes there; use https, with a certificate and its key", [variable.name, found[0]])
}

applies contains pod.id if {
	pod := lib.pods[_]
	variable := kubernetes.variables(lib.containers(pod)[_])[_]
	startswith(variable.name, "ETCD_")
}

# A switch of older versions.
deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	c := components.of("kube-apiserver")[_]
	flag := components.flags(c, ["kubelet-https"])[_]
	lib.falsy(flag.value)
	msg := sprintf("%s false: logs and commands of pods go to and from the kubelets in clear text; take it out", [flag.name])
}
