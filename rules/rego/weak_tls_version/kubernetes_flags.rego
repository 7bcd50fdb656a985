# METADATA
# title: A component's command line accepts an old TLS version or a broken cipher suite
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ClusterConfiguration, MasterConfiguration, InitConfiguration, JoinConfiguration, KubeadmControlPlane, KubeadmControlPlaneTemplate, KubeadmConfig, KubeadmConfigTemplate, ClusterConfig, Cluster, InstanceGroup, ReplicaSet, ReplicationController, Job, CronJob, PodTemplate, DeploymentConfig, Rollout, CloneSet, ScaledJob, Service]
package paylint.rules.weak_tls_version.kubernetes_flags

import data.paylint.components
import data.paylint.kubernetes
import data.paylint.lib

# The names under which components of Kubernetes, and others, take it.
names := {"tls-min-version", "min-tls-version", "tls-minimum-version", "minimum-tls-version", "ssl-min-version"}

settings contains {"subject": pod.id, "flag": flag} if {
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	flag := kubernetes.flags(c)[_]
	flag.name in names
}

settings contains {"subject": c.subject, "flag": flag} if {
	c := components.all[_]
	c.by != "pod"
	flag := components.flags(c, names)[_]
}

applies contains setting.subject if some setting in settings

deny contains {"subject": setting.subject, "path": setting.flag.path, "msg": msg} if {
	some setting in settings
	lib.tls_too_old(setting.flag.value)
	msg := sprintf("--%s %s accepts a TLS version that can be broken; set VersionTLS12 or later", [trim_left(setting.flag.name, "-"), setting.flag.value])
}
