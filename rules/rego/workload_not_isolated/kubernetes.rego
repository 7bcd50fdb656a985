# METADATA
# title: A workload in scope is reachable from every pod
# custom:
#   confidence: medium
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, PodTemplate, DeploymentConfig, Rollout, CloneSet, ScaledJob, Service]
package paylint.rules.workload_not_isolated.kubernetes

import data.paylint.kubernetes

applies contains pod.id if some pod in kubernetes.scoped_pods

# Whoever picks the pod for ingress shuts out everybody it does not name.
isolated(pod) if pod.id in kubernetes.governed.Ingress

# The mesh does the same where it proves who calls.
isolated(pod) if kubernetes.callers_named(pod)

certain if {
	input.unit.alone
	not kubernetes.other_fences
}

deny contains {"subject": pod.id, "path": ["metadata", "name"], "msg": msg} if {
	some pod in kubernetes.scoped_pods
	not isolated(pod)
	certain
	msg := sprintf(
		"no NetworkPolicy picks the pods of `%s` (namespace %s), which are marked in scope: every pod of the cluster may connect; add one that names the callers",
		[pod.subject.name, pod.namespace],
	)
}

# Its policy may lie with the other manifests.
unknown contains {"subject": pod.id, "reason": reason} if {
	some pod in kubernetes.scoped_pods
	not isolated(pod)
	not certain
	reason := "no NetworkPolicy here picks its pods; other manifests, or policies of another kind, may"
}
