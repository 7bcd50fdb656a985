# METADATA
# title: A workload in scope is reachable from every pod
# custom:
#   confidence: medium
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob]
package paylint.rules.workload_not_isolated.kubernetes

import data.paylint.lib

in_scope contains pod if {
	pod := lib.pods[_]
	lib.in_scope(scope_labels(pod))
}

# Some mark the Deployment and not its pods.
scope_labels(pod) := object.union(own, pod.labels) if {
	own := object.get(pod.subject.config, ["metadata", "labels"], {})
	is_object(own)
} else := pod.labels

applies contains pod.id if some pod in in_scope

# Whoever picks the pod for ingress shuts out everybody it does not name.
isolates(policy, pod) if {
	lib.namespace(policy) == pod.namespace
	lib.selects(object.get(policy.config.spec, "podSelector", {}), pod.labels)
	governs_ingress(policy.config.spec)
}

governs_ingress(spec) if "Ingress" in lib.as_array(spec.policyTypes)

governs_ingress(spec) if not lib.present(spec, "policyTypes")

isolated(pod) if isolates(input.kubernetes.NetworkPolicy[_], pod)

deny contains {"subject": pod.id, "path": object_path(pod), "msg": msg} if {
	some pod in in_scope
	not isolated(pod)
	input.unit.alone
	msg := sprintf(
		"no NetworkPolicy picks the pods of `%s` (namespace %s), which are marked in scope: every pod of the cluster may connect; add one that names the callers",
		[pod.subject.name, pod.namespace],
	)
}

# Its policy may lie with the other manifests.
unknown contains {"subject": pod.id, "reason": reason} if {
	some pod in in_scope
	not isolated(pod)
	not input.unit.alone
	reason := "no NetworkPolicy here picks its pods; the scan holds other manifests that may"
}

object_path(_) := ["metadata", "name"]
