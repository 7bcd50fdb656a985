# METADATA
# title: A part of the cluster itself carries out whatever it is asked, or holds more rights than it needs
# custom:
#   severity: medium
#   confidence: medium
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ClusterConfiguration, MasterConfiguration, InitConfiguration, JoinConfiguration, KubeadmControlPlane, KubeadmControlPlaneTemplate, KubeadmConfig, KubeadmConfigTemplate, ClusterConfig, Cluster, InstanceGroup, KubeletConfiguration]
package paylint.rules.excessive_privilege.kubernetes_control_plane

import data.paylint.components
import data.paylint.kubernetes
import data.paylint.lib

applies contains c.subject if {
	some program in ["kube-apiserver", "kubelet", "kube-controller-manager"]
	c := components.of(program)[_]
}

modes(c) := {trim_space(mode) | some value in components.values(c, "authorization-mode"); some mode in split(value, ",")}

deny contains {"subject": c.subject, "path": flag.path, "msg": msg, "severity": "high", "confidence": "high"} if {
	some program in ["kube-apiserver", "kubelet"]
	c := components.of(program)[_]
	flag := components.flags(c, ["authorization-mode"])[_]
	"AlwaysAllow" in modes(c)
	msg := "AlwaysAllow: every request that arrives is carried out, whoever sends it; use Node,RBAC for the API server and Webhook for a kubelet"
}

deny contains {"subject": c.subject, "path": c.header, "msg": msg, "severity": "high"} if {
	c := components.whole("kube-apiserver")[_]
	not components.sets(c, "authorization-mode")
	not components.sets(c, "authorization-config")
	msg := "without --authorization-mode the API server carries out every request that arrives (AlwaysAllow); set Node,RBAC"
}

deny contains {"subject": c.subject, "path": c.header, "msg": msg, "severity": "high"} if {
	c := components.whole("kubelet")[_]
	not components.sets(c, "authorization-mode")
	not components.sets(c, "config")
	msg := "without a configuration file a kubelet carries out every request that arrives (AlwaysAllow); set --authorization-mode=Webhook, or name a --config"
}

deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	c := components.of("kube-apiserver")[_]
	flag := components.flags(c, ["authorization-mode"])[_]
	given := modes(c)
	given != {""}
	count(given & {"RBAC", "Webhook", "AlwaysAllow"}) == 0
	msg := sprintf("%s %s: no roles are looked at; set Node,RBAC", [flag.name, flag.value])
}

# --- admission

plugins(c, name) := {trim_space(plugin) | some value in components.values(c, name); some plugin in split(value, ",")}

deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	c := components.of("kube-apiserver")[_]
	flag := components.flags(c, ["enable-admission-plugins", "admission-control"])[_]
	"AlwaysAdmit" in plugins(c, flag.key)
	msg := "AlwaysAdmit lets every request pass the admission unchecked; take it out"
}

fences := {
	"PodSecurity": "namespaces' pod security levels are not enforced, and privileged pods are admitted",
	"NodeRestriction": "a node that is taken over may change other nodes and their pods",
	"ServiceAccount": "pods run without an identity of their own",
	"NamespaceLifecycle": "objects are made in namespaces that are being deleted",
}

deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	c := components.of("kube-apiserver")[_]
	flag := components.flags(c, ["disable-admission-plugins"])[_]
	off := [plugin | some plugin, _ in fences; plugin in plugins(c, flag.key)]
	count(off) > 0
	msg := sprintf("%s is switched off: %s; take it out", [off[0], fences[off[0]]])
}

deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	c := components.of("kube-apiserver")[_]
	c.by in {"pod", "kubeadm"}
	flag := components.flags(c, ["enable-admission-plugins", "admission-control"])[_]
	not "NodeRestriction" in plugins(c, flag.key)
	msg := sprintf("NodeRestriction is not among the plugins: %s; add it", [fences.NodeRestriction])
}

deny contains {"subject": c.subject, "path": c.header, "msg": msg} if {
	c := components.whole("kube-apiserver")[_]
	not components.sets(c, "enable-admission-plugins")
	not components.sets(c, "admission-control")
	msg := sprintf("NodeRestriction is no plugin that runs by default: %s; set --enable-admission-plugins=NodeRestriction", [fences.NodeRestriction])
}

# --- the controllers

deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	c := components.of("kube-controller-manager")[_]
	flag := components.flags(c, ["use-service-account-credentials"])[_]
	lib.falsy(flag.value)
	msg := "every controller acts with the rights of all of them together; set use-service-account-credentials to true"
}

deny contains {"subject": c.subject, "path": c.header, "msg": msg} if {
	c := components.whole("kube-controller-manager")[_]
	count(components.values(c, "use-service-account-credentials")) == 0
	msg := "without --use-service-account-credentials every controller acts with the rights of all of them together; set it"
}

# --- files and specifications

kubelets contains s if {
	s := input.kubernetes.KubeletConfiguration[_]
	kubernetes.in_group(s, "kubelet.config.k8s.io")
}

applies contains s.id if some s in kubelets

deny contains {"subject": s.id, "path": ["authorization", "mode"], "msg": msg, "severity": "high", "confidence": "high"} if {
	some s in kubelets
	lib.text(s.config.authorization.mode) == "AlwaysAllow"
	msg := "AlwaysAllow: whoever reaches the kubelet runs commands in every pod of its node; use Webhook"
}

kops contains s if {
	s := input.kubernetes.Cluster[_]
	kubernetes.in_group(s, "kops.k8s.io")
}

applies contains s.id if some s in kops

deny contains {"subject": s.id, "path": ["spec", "authorization", "alwaysAllow"], "msg": msg, "severity": "high", "confidence": "high"} if {
	some s in kops
	is_object(s.config.spec.authorization.alwaysAllow)
	msg := "alwaysAllow: the API server carries out every request, whoever sends it; write rbac: {}"
}
