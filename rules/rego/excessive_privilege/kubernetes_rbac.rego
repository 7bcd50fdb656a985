# METADATA
# title: A role reads every secret of the cluster, or can give itself more rights
# custom:
#   severity: medium
#   confidence: medium
#   applies_to: {kubernetes: [ClusterRole, Role]}
package paylint.rules.excessive_privilege.kubernetes_rbac

import data.paylint.kubernetes
import data.paylint.lib

roles contains s if {
	some kind in ["ClusterRole", "Role"]
	s := input.kubernetes[kind][_]
	kubernetes.in_group(s, "rbac.authorization.k8s.io")
	not startswith(s.name, "system:")
	not s.name in {"cluster-admin", "admin", "edit"}
}

applies contains s.id if some s in roles

# That is found as a whole, by another rule.
grants_all(rule) if {
	"*" in lib.as_array(rule.verbs)
	"*" in lib.as_array(rule.resources)
	"*" in lib.as_array(rule.apiGroups)
}

# Certain objects by name.
named(rule) if kubernetes.size(rule.resourceNames) > 0

covers(rule, api, resource) if {
	some group in lib.as_array(rule.apiGroups)
	group in {api, "*"}
	some given in lib.as_array(rule.resources)
	given in {resource, "*"}
}

# --- more rights than its own

deny contains {"subject": s.id, "path": ["rules", i, "verbs"], "msg": msg} if {
	some s in roles
	rule := s.config.rules[i]
	not grants_all(rule)
	verbs := [verb | some verb in ["escalate", "bind"]; verb in lib.as_array(rule.verbs)]
	count(verbs) > 0
	some resource in ["roles", "clusterroles"]
	covers(rule, "rbac.authorization.k8s.io", resource)
	not named(rule)
	msg := sprintf("role `%s` may %s roles: whoever holds it can give himself every right; take the verb out, or name the roles", [s.name, verbs[0]])
}

deny contains {"subject": s.id, "path": ["rules", i, "verbs"], "msg": msg} if {
	some s in roles
	s.type == "ClusterRole"
	rule := s.config.rules[i]
	not grants_all(rule)
	"impersonate" in lib.as_array(rule.verbs)
	some resource in ["users", "groups", "serviceaccounts"]
	covers(rule, "", resource)
	not named(rule)
	msg := sprintf("role `%s` may act as any user, administrators too; name whom it may impersonate", [s.name])
}

# Every verb on the core resources, which hold the secrets and the pods.
deny contains {"subject": s.id, "path": ["rules", i, "resources"], "msg": msg} if {
	some s in roles
	s.type == "ClusterRole"
	rule := s.config.rules[i]
	not grants_all(rule)
	"*" in lib.as_array(rule.verbs)
	"*" in lib.as_array(rule.resources)
	"" in lib.as_array(rule.apiGroups)
	msg := sprintf("role `%s` may do everything with pods, secrets and all else of the core API; name the resources and verbs it needs", [s.name])
}

# --- secrets of all namespaces: where a ClusterRoleBinding gives them

reads_secrets(rule) if {
	covers(rule, "", "secrets")
	not named(rule)
	some verb in lib.as_array(rule.verbs)
	verb in {"get", "list", "watch", "*"}
	not "*" in lib.as_array(rule.resources)
}

bindings(role, kind) := [binding |
	binding := input.kubernetes[kind][_]
	binding.config.roleRef.kind == "ClusterRole"
	binding.config.roleRef.name == role.name
]

aggregated(s) if {
	some key, _ in kubernetes.entries(s.config.metadata.labels)
	startswith(key, "rbac.authorization.k8s.io/aggregate-to-")
}

# Whose work that is: what makes certificates or secrets, or leads traffic to them, reads secrets everywhere.
keepers := {"cert-manager", "external-secrets", "sealed-secrets", "vault", "argocd", "flux-system", "ingress-nginx", "traefik", "velero"}

sureness(bound) := "low" if {
	every binding in bound {
		kept(binding)
	}
} else := "medium"

kept(binding) if {
	namespaces := {subject.namespace | subject := binding.config.subjects[_]}
	count(namespaces) > 0
	count((namespaces - keepers) - lib.machinery) == 0
}

deny contains {"subject": s.id, "path": ["rules", i, "resources"], "msg": msg, "confidence": confidence} if {
	some s in roles
	s.type == "ClusterRole"
	rule := s.config.rules[i]
	reads_secrets(rule)
	bound := bindings(s, "ClusterRoleBinding")
	count(bound) > 0
	confidence := sureness(bound)
	msg := sprintf("role `%s` reads the secrets of every namespace, bound cluster-wide: keys of the card environment too; bind it by a RoleBinding where it is needed, or name the secrets", [s.name])
}

unknown contains {"subject": s.id, "reason": "it reads secrets; whether of every namespace depends on a binding that is not here"} if {
	some s in roles
	s.type == "ClusterRole"
	reads_secrets(s.config.rules[_])
	count(bindings(s, "ClusterRoleBinding")) == 0
	count(bindings(s, "RoleBinding")) == 0
}
