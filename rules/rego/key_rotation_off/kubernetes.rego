# METADATA
# title: A key of the cluster is never made anew
# custom:
#   severity: low
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ClusterConfiguration, MasterConfiguration, InitConfiguration, JoinConfiguration, KubeadmControlPlane, KubeadmControlPlaneTemplate, KubeadmConfig, KubeadmConfigTemplate, ClusterConfig, Cluster, InstanceGroup, KubeletConfiguration, Certificate]
package paylint.rules.key_rotation_off.kubernetes

import data.paylint.components
import data.paylint.kubernetes
import data.paylint.lib

# --- kubelets

switches := ["rotate-certificates", "rotate-server-certificates"]

applies contains c.subject if {
	some program in ["kubelet", "kube-controller-manager"]
	c := components.of(program)[_]
}

deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	c := components.of("kubelet")[_]
	flag := components.flags(c, switches)[_]
	lib.falsy(flag.value)
	msg := sprintf("%s false: the node keeps its key until the certificate expires; set true", [flag.name])
}

deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	some program in ["kubelet", "kube-controller-manager"]
	c := components.of(program)[_]
	flag := components.flags(c, ["feature-gates"])[_]
	regex.match(`RotateKubelet(?:Server|Client)Certificate=false`, flag.value)
	msg := "the gate switches the rotation of the nodes' certificates off; take it out"
}

kubelets contains s if {
	s := input.kubernetes.KubeletConfiguration[_]
	kubernetes.in_group(s, "kubelet.config.k8s.io")
	lib.present(s.config, "rotateCertificates")
}

applies contains s.id if some s in kubelets

deny contains {"subject": s.id, "path": ["rotateCertificates"], "msg": msg} if {
	some s in kubelets
	lib.falsy(s.config.rotateCertificates)
	msg := "the node keeps its key until the certificate expires; set true"
}

# --- cert-manager

certificates contains s if {
	s := input.kubernetes.Certificate[_]
	kubernetes.in_group(s, "cert-manager.io")
	lib.present(kubernetes.get(s.config.spec, "privateKey", {}), "rotationPolicy")
}

applies contains s.id if some s in certificates

deny contains {"subject": s.id, "path": ["spec", "privateKey", "rotationPolicy"], "msg": msg} if {
	some s in certificates
	s.config.spec.privateKey.rotationPolicy == "Never"
	msg := "every renewal certifies the same key again; set rotationPolicy: Always"
}
