# METADATA
# title: A pod is on its node's network, where no network policy reaches it
# custom:
#   severity: medium
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, ReplicaSet, ReplicationController, Job, CronJob]
package paylint.rules.workload_not_isolated.kubernetes_host

import data.paylint.lib

# Agents of the nodes themselves (a network plugin, a node exporter) are DaemonSets, or live here.
subjects contains pod if {
	pod := lib.pods[_]
	pod.subject.type != "DaemonSet"
	not pod.namespace in lib.machinery
}

applies contains pod.id if some pod in subjects

deny contains {"subject": pod.id, "path": array.concat(pod.path, ["hostNetwork"]), "msg": msg} if {
	some pod in subjects
	lib.truthy(pod.spec.hostNetwork)
	msg := "hostNetwork: the pod has its node's address and no network policy applies to it; take it out and publish a Service"
}

# A port of the node leads past Services and what guards them.
deny contains {"subject": pod.id, "path": array.concat(c.path, ["ports", i, "hostPort"]), "msg": msg} if {
	some pod in subjects
	not lib.truthy(pod.spec.hostNetwork)
	c := lib.containers(pod)[_]
	port := lib.number(c.container.ports[i].hostPort)
	port > 0
	msg := sprintf("port %v of every node that runs the pod leads to it, past Services and Ingress; publish a Service instead", [port])
}
