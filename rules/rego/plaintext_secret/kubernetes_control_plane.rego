# METADATA
# title: The API server's users, or the key of its Secrets, stand in a file in plain text
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ClusterConfiguration, MasterConfiguration, InitConfiguration, JoinConfiguration, KubeadmControlPlane, KubeadmControlPlaneTemplate, KubeadmConfig, KubeadmConfigTemplate, ClusterConfig, Cluster, InstanceGroup, EncryptionConfiguration, EncryptionConfig]
package paylint.rules.plaintext_secret.kubernetes_control_plane

import data.paylint.components
import data.paylint.kubernetes
import data.paylint.lib

applies contains c.subject if c := components.of("kube-apiserver")[_]

deny contains {"subject": c.subject, "path": flag.path, "msg": msg} if {
	c := components.of("kube-apiserver")[_]
	flag := components.flags(c, ["token-auth-file", "basic-auth-file"])[_]
	trim_space(flag.value) != ""
	msg := sprintf("%s: users' tokens or passwords stand in a file in plain text, for ever and until the next restart; use certificates or OIDC", [flag.name])
}

# --- keys that encrypt the Secrets

configurations contains s if {
	some kind in ["EncryptionConfiguration", "EncryptionConfig"]
	s := input.kubernetes[kind][_]
	some group in ["apiserver.config.k8s.io", ""]
	kubernetes.in_group(s, group)
}

applies contains s.id if some s in configurations

deny contains {"subject": s.id, "path": ["resources", i, "providers", j, provider, "keys", k, "secret"], "msg": msg} if {
	some s in configurations
	some provider in ["aescbc", "aesgcm", "secretbox"]
	value := lib.text(s.config.resources[i].providers[j][provider].keys[k].secret)
	is_key(value)
	msg := "the key that encrypts every Secret stands beside them in plain text; use a kms provider, or put the key in when the file is installed"
}

is_key(value) if {
	regex.match(`^[A-Za-z0-9+/]{20,}={0,2}$`, value)
	not regex.match(`(?i)base[-_]?64|secret|your|replace|change|example|placeholder`, value)
}
