# METADATA
# title: A namespace admits privileged pods
# custom: {confidence: high, applies_to: {kubernetes: [Namespace, PodSecurityPolicy]}}
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
	some key in ["hostNetwork", "hostPID", "hostIPC"]
	lib.truthy(s.config.spec[key])
	msg := sprintf("this policy admits pods with %s; set false, and use pod security admission: clusters of today do not know this kind", [key])
}

deny contains {"subject": s.id, "path": ["spec", "privileged"], "msg": msg, "confidence": "medium"} if {
	s := input.kubernetes.PodSecurityPolicy[_]
	lib.truthy(s.config.spec.privileged)
	msg := "this policy admits privileged pods; set false, and use pod security admission: clusters of today do not know this kind"
}
