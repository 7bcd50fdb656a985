# METADATA
# title: A component of the cluster itself answers callers without authentication
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ClusterConfiguration, MasterConfiguration, InitConfiguration, JoinConfiguration, KubeadmControlPlane, KubeadmControlPlaneTemplate, KubeadmConfig, KubeadmConfigTemplate, ClusterConfig, Cluster, InstanceGroup, KubeletConfiguration]
package paylint.rules.authentication_off.kubernetes_control_plane

import data.paylint.components
import data.paylint.kubernetes
import data.paylint.lib

concerned := ["kube-apiserver", "kubelet", "kube-controller-manager", "kube-scheduler"]

applies contains c.subject if {
	c := components.all[_]
	c.program in concerned
}

deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	some program in ["kube-apiserver", "kubelet"]
	c := components.of(program)[_]
	flag := components.flags(c, ["anonymous-auth"])[_]
	lib.truthy(flag.value)
	msg := sprintf("%s true: %s answers requests that say no name; set false", [flag.name, program])
}

# Ports of their own without TLS and without a question; `port` is the one of the controllers' older versions.
plain_ports := {
	"kube-apiserver": ["insecure-port"],
	"kubelet": ["read-only-port"],
	"kube-controller-manager": ["port"],
	"kube-scheduler": ["port"],
}

deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	some program, names in plain_ports
	c := components.of(program)[_]
	flag := components.flags(c, names)[_]
	lib.number(flag.value) > 0
	msg := sprintf("%s %s serves plain HTTP to whoever connects, without authentication; set 0", [flag.name, flag.value])
}

deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	c := components.of("kube-apiserver")[_]
	flag := components.flags(c, ["insecure-bind-address"])[_]
	flag.value != ""
	not components.is_local(flag.value)
	msg := sprintf("%s %s: the port without TLS and authentication is open to the network; take the flag out", [flag.name, flag.value])
}

# A kubelet that is given no file has the flags' own defaults, which are the old ones.
deny contains {"subject": c.subject, "path": c.header, "msg": msg} if {
	c := components.whole("kubelet")[_]
	not components.sets(c, "config")
	count(components.values(c, "anonymous-auth")) == 0
	msg := "without a configuration file a kubelet answers requests that say no name: it runs commands in every pod of its node; set --anonymous-auth=false, or name a --config"
}

# --- who the API server can tell apart, and what it shows to others

deny contains {"subject": c.subject, "path": c.header, "msg": msg, "confidence": "medium", "severity": "medium"} if {
	c := components.whole("kube-apiserver")[_]
	not components.sets(c, "client-ca-file")
	msg := "without --client-ca-file the API server knows no client certificate: nodes and components that show one are nobody to it; name the authority"
}

deny contains {"subject": c.subject, "path": c.header, "msg": msg, "confidence": "medium"} if {
	c := components.whole("kube-apiserver")[_]
	certificate(c, "etcd-certfile", "etcd-keyfile")
	not local_etcd(c)
	msg := "without --etcd-certfile and --etcd-keyfile the API server has nothing to show, so etcd must take whoever connects; give it a certificate, and set --client-cert-auth there"
}

deny contains {"subject": c.subject, "path": c.header, "msg": msg, "confidence": "medium"} if {
	c := components.whole("kube-apiserver")[_]
	certificate(c, "kubelet-client-certificate", "kubelet-client-key")
	msg := "without --kubelet-client-certificate and --kubelet-client-key the API server calls kubelets as nobody, so they must take whoever connects; give it a certificate"
}

certificate(c, file, _) if not components.sets(c, file)

certificate(c, _, key) if not components.sets(c, key)

local_etcd(c) if {
	some servers in components.values(c, "etcd-servers")
	every server in split(servers, ",") {
		components.is_local(server)
	}
}

deny contains {"subject": c.subject, "path": flag.path, "msg": msg, "severity": "medium"} if {
	c := components.of("kube-apiserver")[_]
	flag := components.flags(c, ["service-account-lookup"])[_]
	lib.falsy(flag.value)
	msg := sprintf("%s false: tokens of service accounts that were deleted are still taken; take it out", [flag.name])
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
