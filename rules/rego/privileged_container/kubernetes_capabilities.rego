# METADATA
# title: A container has capabilities or settings that lead to its host
# custom:
#   confidence: high
#   applies_to:
#     kubernetes: [Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob, PodTemplate, DeploymentConfig, Rollout, CloneSet, ScaledJob, Service]
package paylint.rules.privileged_container.kubernetes_capabilities

import data.paylint.lib

# Pods of the cluster's own machinery (a network plugin, a node exporter) need the host.
subjects contains pod if {
	pod := lib.pods[_]
	not pod.namespace in lib.machinery
}

applies contains pod.id if some pod in subjects

# What a capability is good for, for who breaks in.
powers := {
	"ALL": "everything root may do",
	"SYS_ADMIN": "mounts and namespaces: nearly all that root may do",
	"SYS_MODULE": "loading code into the node's kernel",
	"SYS_PTRACE": "reading the memory of other processes",
	"SYS_RAWIO": "the node's memory and disks",
	"SYS_BOOT": "restarting the node with another kernel",
	"BPF": "reading what the kernel sees",
	"DAC_READ_SEARCH": "reading any file, past its permissions",
	"MAC_ADMIN": "switching the node's access rules off",
	"MAC_OVERRIDE": "going past the node's access rules",
	"PERFMON": "reading what the kernel sees",
	"NET_ADMIN": "the routes and filters of its network",
}

# The mesh's first step redirects the pod's own traffic, and ends.
redirects(c) if {
	c.list == "initContainers"
	c.container.name in {"istio-init", "linkerd-init", "consul-connect-inject-init", "kuma-init"}
}

# A DaemonSet is an agent of its node, more often than not.
sureness(pod, capability) := "low" if {
	pod.subject.type == "DaemonSet"
} else := "medium" if {
	capability == "NET_ADMIN"
} else := "high"

deny contains {"subject": pod.id, "path": array.concat(c.path, ["securityContext", "capabilities", "add", i]), "msg": msg, "confidence": confidence} if {
	some pod in subjects
	c := lib.containers(pod)[_]
	not redirects(c)
	capability := trim_prefix(upper(lib.text(c.container.securityContext.capabilities.add[i])), "CAP_")
	power := powers[capability]
	confidence := sureness(pod, capability)
	msg := sprintf("container `%v` adds %s: %s; drop ALL and add only what it needs", [c.container.name, capability, power])
}

deny contains {"subject": pod.id, "path": array.concat(c.path, ["securityContext", "procMount"]), "msg": msg} if {
	some pod in subjects
	c := lib.containers(pod)[_]
	c.container.securityContext.procMount == "Unmasked"
	msg := sprintf("container `%v` sees the node's /proc unmasked; take procMount out", [c.container.name])
}

deny contains {"subject": pod.id, "path": array.concat(holder.path, ["securityContext", "seccompProfile", "type"]), "msg": msg} if {
	some pod in subjects
	some holder in holders(pod)
	holder.spec.securityContext.seccompProfile.type == "Unconfined"
	msg := "seccomp is off: every system call is open, also those that escapes are made of; use RuntimeDefault"
}

deny contains {"subject": pod.id, "path": array.concat(holder.path, ["securityContext", "windowsOptions", "hostProcess"]), "msg": msg} if {
	some pod in subjects
	some holder in holders(pod)
	lib.truthy(holder.spec.securityContext.windowsOptions.hostProcess)
	msg := "hostProcess: the container is a process of its node; take it out"
}

# AppArmor, as a field and as the annotation of older versions; seccomp's annotation as well.
deny contains {"subject": pod.id, "path": array.concat(holder.path, ["securityContext", "appArmorProfile", "type"]), "msg": msg} if {
	some pod in subjects
	some holder in holders(pod)
	holder.spec.securityContext.appArmorProfile.type == "Unconfined"
	msg := "AppArmor is off for it: nothing keeps it from mounts and files of the node; use RuntimeDefault"
}

annotations(pod) := {"path": path, "found": found} if {
	path := array.concat(array.slice(pod.path, 0, count(pod.path) - 1), ["metadata", "annotations"])
	found := object.get(pod.subject.config, path, null)
	is_object(found)
}

deny contains {"subject": pod.id, "path": array.concat(annotations(pod).path, [key]), "msg": msg} if {
	some pod in subjects
	some key, value in annotations(pod).found
	regex.match(`^(?:container\.apparmor\.security\.beta\.kubernetes\.io/|(?:container\.)?seccomp\.security\.alpha\.kubernetes\.io/)`, key)
	lower(lib.text(value)) == "unconfined"
	msg := "unconfined: the kernel's fence around the container is off; use runtime/default"
}

# A type of SELinux that is made for leaving the fence.
deny contains {"subject": pod.id, "path": array.concat(holder.path, ["securityContext", "seLinuxOptions", "type"]), "msg": msg} if {
	some pod in subjects
	some holder in holders(pod)
	holder.spec.securityContext.seLinuxOptions.type in {"spc_t", "unconfined_t", "container_runtime_t"}
	msg := "SELinux keeps nothing of this type from the node's files; take it out"
}

# The pod itself, and its containers: both have a securityContext.
holders(pod) := array.concat(
	[{"spec": pod.spec, "path": pod.path}],
	[{"spec": c.container, "path": c.path} | c := lib.containers(pod)[_]],
)
