# METADATA
# title: A part of the cluster shows a certificate that nobody can check, or checks none
# custom:
#   confidence: medium
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ClusterConfiguration, MasterConfiguration, InitConfiguration, JoinConfiguration, KubeadmControlPlane, KubeadmControlPlaneTemplate, KubeadmConfig, KubeadmConfigTemplate, ClusterConfig, Cluster, InstanceGroup, KubeletConfiguration]
package paylint.rules.tls_verification_disabled.kubernetes_control_plane

import data.paylint.components
import data.paylint.kubernetes
import data.paylint.lib

applies contains c.subject if {
	some program in ["kube-apiserver", "kubelet", "etcd", "kube-controller-manager"]
	c := components.of(program)[_]
}

applies contains found.subject if found := components.bare[_]

# --- the API server checks the kubelets' certificates only where it is told whose authority signs them

message := "without --kubelet-certificate-authority the API server accepts any certificate from a kubelet: commands and logs of pods can be read on the way"

deny contains {"subject": c.subject, "path": c.header, "msg": message} if {
	c := components.of("kube-apiserver")[_]
	c.by in {"pod", "kubeadm"}
	not components.sets(c, "kubelet-certificate-authority")
}

deny contains {"subject": found.subject, "path": found.header, "msg": message} if found := components.bare[_]

# --- certificates they make themselves

deny contains {"subject": c.subject, "path": c.header, "msg": msg} if {
	c := components.whole("kube-apiserver")[_]
	lacks(c)
	not components.sets(c, "tls-sni-cert-key")
	msg := "without --tls-cert-file and --tls-private-key-file the API server makes itself a certificate that no authority signs: clients cannot tell it from somebody in between; name both"
}

deny contains {"subject": c.subject, "path": c.header, "msg": msg} if {
	c := components.whole("kubelet")[_]
	not components.sets(c, "config")
	lacks(c)
	not served_by_the_cluster(c)
	msg := "without --tls-cert-file and --tls-private-key-file the kubelet makes itself a certificate that no authority signs, so nobody can check it; name both, or set --rotate-server-certificates"
}

lacks(c) if {
	some name in ["tls-cert-file", "tls-private-key-file"]
	not components.sets(c, name)
}

served_by_the_cluster(c) if lib.truthy(components.values(c, "rotate-server-certificates")[_])

deny contains {"subject": c.subject, "path": flag.path, "msg": msg, "confidence": "high"} if {
	c := components.of("etcd")[_]
	flag := components.flags(c, ["auto-tls", "peer-auto-tls"])[_]
	lib.truthy(flag.value)
	msg := sprintf("%s: etcd makes itself a certificate that no authority signs, so whoever stands between can show another; name a certificate, its key and the authority", [flag.name])
}

# --- pods learn the API server's authority from here

deny contains {"subject": c.subject, "path": c.header, "msg": msg} if {
	c := components.whole("kube-controller-manager")[_]
	not components.sets(c, "root-ca-file")
	msg := "without --root-ca-file pods are not told the cluster's authority, and cannot check the API server's certificate; name it"
}

# --- a kubelet's file that speaks of security, and of no certificate

kubelets contains s if {
	s := input.kubernetes.KubeletConfiguration[_]
	kubernetes.in_group(s, "kubelet.config.k8s.io")
	some key in ["authentication", "authorization", "tlsCertFile", "tlsPrivateKeyFile", "tlsMinVersion", "tlsCipherSuites", "serverTLSBootstrap"]
	lib.present(s.config, key)
}

applies contains s.id if some s in kubelets

deny contains {"subject": s.id, "path": ["kind"], "msg": msg, "severity": "low"} if {
	some s in kubelets
	not lib.truthy(s.config.serverTLSBootstrap)
	some key in ["tlsCertFile", "tlsPrivateKeyFile"]
	lib.text(kubernetes.get(s.config, key, "")) == ""
	msg := "without tlsCertFile and tlsPrivateKeyFile the kubelet makes itself a certificate that no authority signs, so nobody can check it; name both, or set serverTLSBootstrap: true"
}
