# METADATA
# title: No NetworkPolicy limits where a workload in scope may send
# custom:
#   confidence: medium
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, PodTemplate, DeploymentConfig, Rollout, CloneSet, ScaledJob, Service]
package paylint.rules.unrestricted_egress.kubernetes_workload

import data.paylint.kubernetes

applies contains pod.id if some pod in kubernetes.scoped_pods

limited(pod) if pod.id in kubernetes.governed.Egress

certain if {
	input.unit.alone
	not kubernetes.other_fences
}

deny contains {"subject": pod.id, "path": ["metadata", "name"], "msg": msg} if {
	some pod in kubernetes.scoped_pods
	not limited(pod)
	certain
	msg := sprintf(
		"no NetworkPolicy governs what the in-scope pods of `%s` (namespace %s) send: they may call any address; add one with policyTypes: [Egress] that names the peers",
		[pod.subject.name, pod.namespace],
	)
}

unknown contains {"subject": pod.id, "reason": reason} if {
	some pod in kubernetes.scoped_pods
	not limited(pod)
	not certain
	reason := "no NetworkPolicy here limits what its pods send; other manifests, or policies of another kind, may"
}
