# METADATA
# title: A role grants everything, or cluster-admin is bound to a workload
# custom: {confidence: high, applies_to: {kubernetes: [ClusterRole, Role, ClusterRoleBinding, RoleBinding]}, reads: [[rules, "*", verbs], [roleRef, name]]}
package paylint.rules.excessive_privilege.kubernetes

import data.paylint.lib

applies contains s.id if {
	some kind in ["ClusterRole", "Role"]
	s := input.kubernetes[kind][_]
	not system(s.name)
}

applies contains s.id if {
	some kind in ["ClusterRoleBinding", "RoleBinding"]
	s := input.kubernetes[kind][_]
	not system(s.name)
}

system(name) if startswith(name, "system:")

system(name) if name == "cluster-admin"

deny contains {"subject": s.id, "path": ["rules", i, "verbs"], "msg": msg} if {
	some kind in ["ClusterRole", "Role"]
	s := input.kubernetes[kind][_]
	s.id in applies
	rule := s.config.rules[i]
	"*" in lib.as_array(rule.verbs)
	"*" in lib.as_array(rule.resources)
	"*" in lib.as_array(rule.apiGroups)
	msg := sprintf("role `%s` may do everything with everything; name the resources and verbs it needs", [s.name])
}

deny contains {"subject": s.id, "path": ["roleRef", "name"], "msg": msg} if {
	some kind in ["ClusterRoleBinding", "RoleBinding"]
	s := input.kubernetes[kind][_]
	s.id in applies
	s.config.roleRef.name == "cluster-admin"
	some subject in lib.as_array(s.config.subjects)
	bound(subject)
	msg := sprintf("%v `%v` becomes cluster-admin: whoever takes it over owns the cluster, its secrets included", [subject.kind, subject.name])
}

bound(subject) if {
	subject.kind == "ServiceAccount"
	subject.namespace != "kube-system"
}

# Beside the cluster's own parts, which live there: whatever names no account, and what should not be there.
bound(subject) if {
	subject.kind == "ServiceAccount"
	subject.namespace == "kube-system"
	subject.name in {"default", "tiller", "kubernetes-dashboard", "dashboard", "admin-user", "admin", "jenkins", "gitlab"}
}

bound(subject) if subject.name in {"system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts"}
