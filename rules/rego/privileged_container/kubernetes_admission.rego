# METADATA
# title: A namespace admits privileged pods
# custom: {confidence: high, applies_to: {kubernetes: [Namespace, PodSecurityPolicy, SecurityContextConstraints, AdmissionConfiguration, PodSecurityConfiguration]}}
package paylint.rules.privileged_container.kubernetes_admission

import data.paylint.lib

label := "pod-security.kubernetes.io/enforce"

namespaces contains s if {
	s := input.kubernetes.Namespace[_]
	lib.present(s.config.metadata.labels, label)
	not s.name in lib.machinery
}

applies contains s.id if some s in namespaces

deny contains {"subject": s.id, "path": ["metadata", "labels", label], "msg": msg} if {
	some s in namespaces
	s.config.metadata.labels[label] == "privileged"
	msg := sprintf("namespace `%s` admits privileged pods; enforce restricted, or baseline, and move what needs the host elsewhere", [s.name])
}

applies contains s.id if s := input.kubernetes.PodSecurityPolicy[_]

deny contains {"subject": s.id, "path": ["spec", key], "msg": msg, "confidence": "medium"} if {
	s := input.kubernetes.PodSecurityPolicy[_]
	some key in ["hostPID", "hostIPC"]
	lib.truthy(s.config.spec[key])
	msg := sprintf("this policy admits pods with %s; set false, and use pod security admission: clusters of today do not know this kind", [key])
}

# Words for everything in the lists of what may be had.
deny contains {"subject": s.id, "path": ["spec", "allowedCapabilities", i], "msg": msg, "confidence": "medium"} if {
	s := input.kubernetes.PodSecurityPolicy[_]
	capability := s.config.spec.allowedCapabilities[i]
	capability in {"*", "ALL", "SYS_ADMIN"}
	msg := sprintf("this policy admits pods with the capability %v; take it out, and require that ALL are dropped", [capability])
}

deny contains {"subject": s.id, "path": ["spec", "allowPrivilegeEscalation"], "msg": msg, "confidence": "medium", "severity": "low"} if {
	s := input.kubernetes.PodSecurityPolicy[_]
	lib.truthy(s.config.spec.allowPrivilegeEscalation)
	msg := "this policy admits containers that may gain more rights than they were started with; set false"
}

deny contains {"subject": s.id, "path": ["spec", "runAsUser", "rule"], "msg": msg, "confidence": "medium", "severity": "low"} if {
	s := input.kubernetes.PodSecurityPolicy[_]
	s.config.spec.runAsUser.rule == "RunAsAny"
	msg := "this policy admits containers that run as root; write MustRunAsNonRoot"
}

# OpenShift's kind of the same thing, at its top.
applies contains s.id if {
	s := input.kubernetes.SecurityContextConstraints[_]
	not s.name in {"privileged", "hostaccess", "hostnetwork", "hostnetwork-v2", "hostmount-anyuid", "node-exporter", "anyuid"}
}

deny contains {"subject": s.id, "path": [key], "msg": msg, "confidence": "medium"} if {
	s := input.kubernetes.SecurityContextConstraints[_]
	s.id in applies
	some key in ["allowPrivilegedContainer", "allowHostPID", "allowHostIPC"]
	lib.truthy(s.config[key])
	msg := sprintf("%s: who may use these constraints gets at the node; set false", [key])
}

# --- the level that holds where a namespace names none

applies contains s.id if {
	s := input.kubernetes.AdmissionConfiguration[_]
	s.config.plugins[_].name == "PodSecurity"
}

applies contains s.id if s := input.kubernetes.PodSecurityConfiguration[_]

deny contains {"subject": s.id, "path": ["plugins", i, "configuration", "defaults", "enforce"], "msg": msg} if {
	s := input.kubernetes.AdmissionConfiguration[_]
	s.config.plugins[i].name == "PodSecurity"
	s.config.plugins[i].configuration.defaults.enforce == "privileged"
	msg := defaults
}

deny contains {"subject": s.id, "path": ["defaults", "enforce"], "msg": msg} if {
	s := input.kubernetes.PodSecurityConfiguration[_]
	s.config.defaults.enforce == "privileged"
	msg := defaults
}

defaults := "every namespace that names no level admits privileged pods; enforce baseline or restricted by default"

deny contains {"subject": s.id, "path": ["spec", "privileged"], "msg": msg, "confidence": "medium"} if {
	s := input.kubernetes.PodSecurityPolicy[_]
	lib.truthy(s.config.spec.privileged)
	msg := "this policy admits privileged pods; set false, and use pod security admission: clusters of today do not know this kind"
}
