# METADATA
# title: A role is bound to callers without a name
# custom: {confidence: high, applies_to: {kubernetes: [ClusterRoleBinding, RoleBinding]}}
package paylint.rules.authentication_off.kubernetes_bindings

import data.paylint.kubernetes
import data.paylint.lib

bindings contains s if {
	some kind in ["ClusterRoleBinding", "RoleBinding"]
	s := input.kubernetes[kind][_]
	kubernetes.in_group(s, "rbac.authorization.k8s.io")
}

applies contains s.id if some s in bindings

# What a cluster grants them by itself: its version, and how to join. cluster-admin is found as a privilege.
harmless := {
	"system:public-info-viewer", "system:discovery", "system:basic-user", "kubeadm:bootstrap-signer-clusterinfo",
	"cluster-admin",
}

deny contains {"subject": s.id, "path": ["subjects", i, "name"], "msg": msg} if {
	some s in bindings
	role := s.config.roleRef.name
	not role in harmless
	name := s.config.subjects[i].name
	name in {"system:anonymous", "system:unauthenticated"}
	msg := sprintf("`%v` is bound to %v: whoever reaches the API server has its rights without authentication; name a user or service account", [role, name])
}
