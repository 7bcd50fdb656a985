# METADATA
# title: A pod is on its node's network, where no network policy reaches it
# custom:
#   severity: medium
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, PodTemplate, DeploymentConfig, Rollout, CloneSet, ScaledJob, Service]
package paylint.rules.workload_not_isolated.kubernetes_host

import data.paylint.kubernetes
import data.paylint.lib

# Agents of the nodes themselves (a network plugin, a node exporter) need it.
subjects contains pod if {
	pod := lib.pods[_]
	not pod.namespace in lib.machinery
	not kubernetes.is_node_agent(pod)
}

# A DaemonSet may be another of them.
sureness(pod) := "low" if {
	pod.subject.type == "DaemonSet"
} else := "high"

applies contains pod.id if some pod in subjects

deny contains {"subject": pod.id, "path": array.concat(pod.path, ["hostNetwork"]), "msg": msg, "confidence": confidence} if {
	some pod in subjects
	lib.truthy(pod.spec.hostNetwork)
	confidence := sureness(pod)
	msg := "hostNetwork: the pod has its node's address and no network policy applies to it; take it out and publish a Service"
}

# A port of the node leads past Services and what guards them.
deny contains {"subject": pod.id, "path": array.concat(c.path, ["ports", i, "hostPort"]), "msg": msg, "confidence": confidence} if {
	some pod in subjects
	not lib.truthy(pod.spec.hostNetwork)
	c := lib.containers(pod)[_]
	port := lib.number(c.container.ports[i].hostPort)
	port > 0
	confidence := sureness(pod)
	msg := sprintf("port %v of every node that runs the pod leads to it, past Services and Ingress; publish a Service instead", [port])
}
