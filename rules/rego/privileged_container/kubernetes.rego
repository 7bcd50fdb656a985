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
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob]
package paylint.rules.privileged_container.kubernetes

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

deny contains {"subject": pod.id, "path": array.concat(pod.path, [key]), "msg": msg} if {
	some pod in subjects
	some key in ["hostPID", "hostIPC"]
	lib.truthy(pod.spec[key])
	not pod.subject.type == "DaemonSet"
	msg := sprintf("%s: the pod sees the processes of every other workload on its node", [key])
}

deny contains {"subject": pod.id, "path": array.concat(pod.path, ["volumes", i, "hostPath", "path"]), "msg": msg} if {
	some pod in subjects
	path := lib.text(pod.spec.volumes[i].hostPath.path)
	regex.match(`^/(?:$|etc/?$|root|var/run/docker\.sock|run/docker\.sock|var/run/?$|run/containerd|var/run/crio|run/crio|var/run/containerd|var/lib/kubelet)`, path)
	not pod.subject.type == "DaemonSet"
	msg := sprintf("the pod mounts %s of its node: that is control over the node", [path])
}
