# METADATA
# title: A container runs as root or may become it
# custom:
#   severity: low
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, PodTemplate, DeploymentConfig, Rollout, CloneSet, ScaledJob, Service]
package paylint.rules.privileged_container.kubernetes_root

import data.paylint.kubernetes
import data.paylint.lib

subjects contains pod if {
	pod := lib.pods[_]
	not pod.namespace in lib.machinery
}

applies contains pod.id if some pod in subjects

# A container's own setting wins over the pod's.
setting(pod, c, key) := value if {
	value := c.container.securityContext[key]
	value != null
} else := value if {
	value := pod.spec.securityContext[key]
	value != null
}

deny contains {"subject": pod.id, "path": array.concat(c.path, ["securityContext", "allowPrivilegeEscalation"]), "msg": msg} if {
	some pod in subjects
	c := lib.containers(pod)[_]
	lib.truthy(c.container.securityContext.allowPrivilegeEscalation)
	not lib.truthy(c.container.securityContext.privileged)
	msg := sprintf("container `%v` may gain more rights than it was started with (setuid); set allowPrivilegeEscalation: false", [c.container.name])
}

# Where the user is named, that it may be root says nothing.
deny contains {"subject": pod.id, "path": array.concat(c.path, ["securityContext", "runAsUser"]), "msg": msg} if {
	some pod in subjects
	c := lib.containers(pod)[_]
	lib.number(c.container.securityContext.runAsUser) == 0
	msg := sprintf("container `%v` runs as root; name a user other than 0, and runAsNonRoot: true", [c.container.name])
}

deny contains {"subject": pod.id, "path": array.concat(c.path, ["securityContext", "runAsNonRoot"]), "msg": msg} if {
	some pod in subjects
	c := lib.containers(pod)[_]
	lib.falsy(c.container.securityContext.runAsNonRoot)
	not setting(pod, c, "runAsUser")
	msg := sprintf("container `%v` may run as root; set runAsNonRoot: true", [c.container.name])
}

deny contains {"subject": pod.id, "path": array.concat(pod.path, ["securityContext", "runAsUser"]), "msg": msg} if {
	some pod in subjects
	lib.number(pod.spec.securityContext.runAsUser) == 0
	roots := [c.container.name | c := lib.containers(pod)[_]; not lib.present(kubernetes.get(c.container, "securityContext", {}), "runAsUser")]
	count(roots) > 0
	msg := "the pod's containers run as root; name a user other than 0, and runAsNonRoot: true"
}

deny contains {"subject": pod.id, "path": array.concat(pod.path, ["securityContext", "runAsNonRoot"]), "msg": msg} if {
	some pod in subjects
	lib.falsy(pod.spec.securityContext.runAsNonRoot)
	open := [c.container.name | c := lib.containers(pod)[_]; not says_more(pod, c)]
	count(open) > 0
	msg := "the pod's containers may run as root; set runAsNonRoot: true"
}

says_more(pod, c) if setting(pod, c, "runAsUser")

says_more(_, c) if lib.truthy(c.container.securityContext.runAsNonRoot)

wanted := {"runAsNonRoot": "runAsNonRoot: true", "allowPrivilegeEscalation": "allowPrivilegeEscalation: false"}

# Where cards are handled, silence is not enough: an image says one thing today and another tomorrow.
deny contains {"subject": pod.id, "path": array.concat(c.path, ["name"]), "msg": msg} if {
	some pod in kubernetes.scoped_pods
	some found in subjects
	found.id == pod.id
	c := lib.containers(pod)[_]
	c.list != "ephemeralContainers"
	not lib.truthy(c.container.securityContext.privileged)
	lacking := [line | some key, line in wanted; silent(pod, c, key)]
	count(lacking) > 0
	msg := sprintf("container `%v` of an in-scope workload leaves to its image what it runs as; set %s", [c.container.name, concat(" and ", lacking)])
}

silent(pod, c, "runAsNonRoot") if {
	not lib.present(kubernetes.get(c.container, "securityContext", {}), "runAsNonRoot")
	not lib.present(kubernetes.get(pod.spec, "securityContext", {}), "runAsNonRoot")
	not setting(pod, c, "runAsUser")
}

silent(_, c, "allowPrivilegeEscalation") if {
	not lib.present(kubernetes.get(c.container, "securityContext", {}), "allowPrivilegeEscalation")
}
