# METADATA
# title: A role reaches into every pod, or everybody holds it
# custom:
#   severity: medium
#   confidence: medium
#   applies_to: {kubernetes: [ClusterRole, Role, ClusterRoleBinding, RoleBinding]}
package paylint.rules.excessive_privilege.kubernetes_rbac_reach

import data.paylint.kubernetes
import data.paylint.lib

ours(s) if {
	kubernetes.in_group(s, "rbac.authorization.k8s.io")
	not startswith(s.name, "system:")
	not s.name in {"cluster-admin", "admin", "edit"}
}

roles contains s if {
	some kind in ["ClusterRole", "Role"]
	s := input.kubernetes[kind][_]
	ours(s)
}

bindings contains s if {
	some kind in ["ClusterRoleBinding", "RoleBinding"]
	s := input.kubernetes[kind][_]
	ours(s)
}

applies contains s.id if some s in roles

applies contains s.id if some s in bindings

# Names of ClusterRoles that a ClusterRoleBinding here gives for the whole cluster.
cluster_wide contains name if {
	some s in bindings
	s.type == "ClusterRoleBinding"
	name := s.config.roleRef.name
}

core(rule) if {
	some group in lib.as_array(rule.apiGroups)
	group in {"", "*"}
}

is_named(rule) if kubernetes.size(rule.resourceNames) > 0

says(rule, key, words) if {
	is_object(rule)
	some word in lib.as_array(rule[key])
	word in words
}

everything(rule) if {
	says(rule, "resources", {"*"})
	says(rule, "verbs", {"*"})
}

# --- what a role may do in every pod

reaches := [
	{"resources": {"pods/exec", "pods/attach", "pods/*"}, "verbs": {"create", "get", "*"}, "what": "runs commands in every pod of the cluster"},
	{"resources": {"serviceaccounts/token", "serviceaccounts/*"}, "verbs": {"create", "*"}, "what": "makes itself a token of any service account of the cluster"},
	{"resources": {"nodes/proxy", "nodes/*"}, "verbs": {"create", "*"}, "what": "runs commands in every pod, by the kubelets and past the audit log"},
]

deny contains {"subject": s.id, "path": ["rules", i, "resources"], "msg": msg} if {
	some s in roles
	s.type == "ClusterRole"
	s.name in cluster_wide
	rule := s.config.rules[i]
	core(rule)
	not is_named(rule)
	some reach in reaches
	says(rule, "resources", reach.resources)
	says(rule, "verbs", reach.verbs)
	msg := sprintf("role `%s`, bound cluster-wide, %s; bind it by a RoleBinding where it is needed, or take it out", [s.name, reach.what])
}

# Nodes are in no namespace: no binding narrows that.
deny contains {"subject": s.id, "path": ["rules", i, "resources"], "msg": msg} if {
	some s in roles
	s.type == "ClusterRole"
	not s.name in cluster_wide
	rule := s.config.rules[i]
	core(rule)
	says(rule, "resources", {"nodes/proxy", "nodes/*"})
	says(rule, "verbs", {"create", "*"})
	msg := sprintf("role `%s` %s; name nodes/metrics or nodes/stats instead", [s.name, reaches[2].what])
}

# --- "*" among the resources holds the secrets too

deny contains {"subject": s.id, "path": ["rules", i, "resources"], "msg": msg} if {
	some s in roles
	s.type == "ClusterRole"
	s.name in cluster_wide
	rule := s.config.rules[i]
	core(rule)
	says(rule, "resources", {"*"})
	says(rule, "verbs", {"get", "list", "watch"})
	not everything(rule)
	msg := sprintf("role `%s`, bound cluster-wide, reads whatever the cluster holds, all secrets too; name the resources it needs", [s.name])
}

deny contains {"subject": s.id, "path": ["rules", i, "resources"], "msg": msg, "severity": "low"} if {
	some s in roles
	s.type == "Role"
	rule := s.config.rules[i]
	core(rule)
	everything(rule)
	not says(rule, "apiGroups", {"*"})
	msg := sprintf("role `%s` may do everything with pods, secrets and all else of its namespace; name the resources and verbs it needs", [s.name])
}

# --- who holds it

crowds := {"system:authenticated", "system:serviceaccounts"}

# What a cluster lets everybody do by itself.
harmless(role) if startswith(lib.text(role), "system:")

harmless(role) if role in {"cluster-admin", "kubeadm:bootstrap-signer-clusterinfo"}

deny contains {"subject": s.id, "path": ["subjects", i, "name"], "msg": msg} if {
	some s in bindings
	name := s.config.subjects[i].name
	name in crowds
	not harmless(s.config.roleRef.name)
	msg := sprintf("`%v` is bound to %v: every user or workload of the cluster holds it; name those who need it", [s.config.roleRef.name, name])
}

# People who are administrators by their group's name are what the role is for.
administrators(name) if regex.match(`(?i)admin|ops|sre|platform|infra|root|master|break-?glass|emergency|owner`, name)

deny contains {"subject": s.id, "path": ["subjects", i, "name"], "msg": msg} if {
	some s in bindings
	s.config.roleRef.name == "cluster-admin"
	subject := s.config.subjects[i]
	subject.kind in {"User", "Group"}
	name := lib.text(subject.name)
	not startswith(name, "system:")
	not administrators(name)
	msg := sprintf("%s `%s` is cluster-admin, and so reads every secret and changes every workload; bind a role that names what is needed", [subject.kind, name])
}

deny contains {"subject": s.id, "path": ["subjects", i, "name"], "msg": msg} if {
	some s in bindings
	s.config.roleRef.name in {"admin", "edit"}
	subject := s.config.subjects[i]
	subject.kind == "ServiceAccount"
	subject.name == "default"
	msg := sprintf("every pod that names no account of its own is `%s` here; bind an account that one workload names", [s.config.roleRef.name])
}
