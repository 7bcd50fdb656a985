# METADATA
# title: A namespace with workloads in scope denies nothing by default
# custom:
#   severity: medium
#   confidence: medium
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, PodTemplate, DeploymentConfig, Rollout, CloneSet, ScaledJob, Service]
package paylint.rules.workload_not_isolated.kubernetes_default_deny

import data.paylint.kubernetes
import data.paylint.lib

namespaces contains pod.namespace if some pod in kubernetes.scoped_pods

# One for a namespace: its manifest, else the first of its workloads in scope.
subject_of(name) := found if {
	ids := [s.id | s := input.kubernetes.Namespace[_]; s.name == name]
	found := min(ids)
} else := min([pod.id | some pod in kubernetes.scoped_pods; pod.namespace == name])

applies contains subject_of(name) if some name in namespaces

# Where a workload in scope is not isolated at all, that is what is to be said.
all_picked(name, direction) if {
	every pod in [pod | some pod in kubernetes.scoped_pods; pod.namespace == name] {
		pod.id in kubernetes.governed[direction]
	}
}

# A policy that picks every pod shuts out all it does not name, for all of them: only its rules are left.
denied(name, direction) if {
	policy := kubernetes.network_policies[_]
	lib.namespace(policy) == name
	kubernetes.governs(policy, direction)
	kubernetes.picks_all(policy)
}

lacking(name) := [direction |
	some direction in ["Ingress", "Egress"]
	all_picked(name, direction)
	not denied(name, direction)
]

certain if {
	input.unit.alone
	not kubernetes.other_fences
}

deny contains {"subject": subject_of(name), "path": ["metadata", "name"], "msg": msg} if {
	some name in namespaces
	certain
	directions := lacking(name)
	count(directions) > 0
	msg := sprintf(
		"namespace %s holds workloads in scope and denies nothing by default: a pod that no policy picks is open; add a NetworkPolicy with podSelector: {}, policyTypes: [%s] and no rules",
		[name, concat(", ", directions)],
	)
}

unknown contains {"subject": subject_of(name), "reason": "its default deny may lie with other manifests, or be of another kind"} if {
	some name in namespaces
	not certain
	count(lacking(name)) > 0
}
