# METADATA
# title: A container has the rights of its host
# custom:
#   reads:
#     - [spec, hostPID]
#     - [spec, template, spec, hostPID]
#     - [spec, containers, "*", securityContext, privileged]
#     - [spec, template, spec, containers, "*", securityContext, privileged]
#     - [spec, jobTemplate, spec, template, spec, containers, "*", securityContext, privileged]
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, PodTemplate, DeploymentConfig, Rollout, CloneSet, ScaledJob, Service, PersistentVolume]
package paylint.rules.privileged_container.kubernetes

import data.paylint.kubernetes
import data.paylint.lib

# Pods of the cluster's own machinery (a network plugin, a node exporter) need the host.
subjects contains pod if {
	pod := lib.pods[_]
	not pod.namespace in lib.machinery
}

applies contains pod.id if some pod in subjects

deny contains {"subject": pod.id, "path": array.concat(c.path, ["securityContext", "privileged"]), "msg": msg} if {
	some pod in subjects
	c := lib.containers(pod)[_]
	lib.truthy(c.container.securityContext.privileged)
	msg := sprintf("container `%v` is privileged: who breaks into it owns the node and every workload on it", [c.container.name])
}

deny contains {"subject": pod.id, "path": array.concat(pod.path, [key]), "msg": msg, "confidence": confidence} if {
	some pod in subjects
	some key in ["hostPID", "hostIPC"]
	lib.truthy(pod.spec[key])
	not kubernetes.is_node_agent(pod)
	confidence := sureness(pod)
	msg := sprintf("%s: the pod sees %s of every other workload on its node; take it out", [key, shared[key]])
}

shared := {"hostPID": "the processes", "hostIPC": "the shared memory"}

# A DaemonSet is an agent of its node, more often than not.
sureness(pod) := "medium" if {
	pod.subject.type == "DaemonSet"
} else := "high"

# The whole disk, what starts and guards the node, the sockets of its runtimes, and what the cluster keeps there.
commanding(path) if regex.match(`^/+(?:(?:etc|root|proc|dev|boot|usr|bin|sbin|home|var|run|var/run|var/lib|run/containerd|var/run/containerd|var/lib/docker|var/lib/containerd)?/*$|root/|etc/(?:kubernetes|ssh|cron[.a-z]*|sudoers[.a-z]*|systemd|passwd|shadow)(?:/|$)|(?:var/)?run/(?:docker\.sock|containerd/.*sock|crio|cri-dockerd\.sock|dockershim\.sock|podman)|var/lib/(?:kubelet|etcd)(?:/*$|/pki|/member))`, path)

deny contains {"subject": pod.id, "path": array.concat(pod.path, ["volumes", i, "hostPath", "path"]), "msg": msg, "confidence": confidence} if {
	some pod in subjects
	volume := pod.spec.volumes[i]
	path := lib.text(volume.hostPath.path)
	commanding(path)
	not kubernetes.is_node_agent(pod)
	confidence := sureness_of(pod, path)
	msg := sprintf("the pod mounts %s of its node: that is control over the node; mount what it needs, or nothing", [path])
}

# A place where much is kept, and many mount a file of their own.
sureness_of(pod, path) := "medium" if {
	pod.subject.type == "DaemonSet"
} else := "medium" if {
	regex.match(`^/(?:proc|dev|var|home|usr|run|var/run|var/lib)/*$`, path)
} else := "high"

# A volume that claims get their disk from.
deny contains {"subject": s.id, "path": ["spec", "hostPath", "path"], "msg": msg, "confidence": "medium"} if {
	s := input.kubernetes.PersistentVolume[_]
	path := lib.text(s.config.spec.hostPath.path)
	commanding(path)
	msg := sprintf("whoever claims this volume gets %s of the node: that is control over the node; name a folder made for it", [path])
}

applies contains s.id if {
	s := input.kubernetes.PersistentVolume[_]
	lib.present(s.config.spec, "hostPath")
}
