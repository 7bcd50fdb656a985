# METADATA
# title: An AuthorizationPolicy lets every caller in to in-scope workloads
# custom:
#   severity: medium
#   confidence: medium
#   applies_to: {kubernetes: [AuthorizationPolicy]}
package paylint.rules.open_ingress.istio

import data.paylint.kubernetes
import data.paylint.lib

applies contains s.id if {
	s := input.kubernetes.AuthorizationPolicy[_]
	kubernetes.in_group(s, "security.istio.io")
	kubernetes.is_allow(s)
	concerns_scope(s)
}

concerns_scope(s) if lib.in_scope(s.config.spec.selector.matchLabels)

concerns_scope(s) if {
	pod := kubernetes.scoped_pods[_]
	s.id in {policy.id | some policy in kubernetes.mesh_policies("AuthorizationPolicy", pod)}
}

concerns_scope(s) if {
	kubernetes.is_scoped_namespace(lib.namespace(s))
	not lib.present(s.config.spec, "selector")
}

deny contains {"subject": s.id, "path": path, "msg": msg} if {
	s := input.kubernetes.AuthorizationPolicy[_]
	s.id in applies
	rule := s.config.spec.rules[i]
	lib.known(rule)
	lib.as_array(kubernetes.get(rule, "from", [])) == []
	not narrowed(rule)
	path := where(rule, i)
	msg := sprintf("`%s` allows this to every caller, also one without an identity: a rule without `from` means all; name principals or namespaces", [s.name])
}

where(rule, i) := ["spec", "rules", i, "from"] if lib.present(rule, "from")

where(rule, i) := ["spec", "rules", i] if not lib.present(rule, "from")

# Claims of a token say who calls; probes and metrics give nothing away.
narrowed(rule) if {
	key := rule.when[_].key
	regex.match(`^(?:request\.auth\.|source\.|experimental\.)`, lib.text(key))
}

narrowed(rule) if {
	operations := [to.operation | to := rule.to[_]]
	count(operations) > 0
	every operation in operations {
		for_probes(operation)
	}
}

for_probes(operation) if {
	paths := lib.as_array(kubernetes.get(operation, "paths", []))
	count(paths) > 0
	every path in paths {
		regex.match(`(?i)^/(?:-/)?(?:health|healthz|ready|readyz|live|livez|ping|status|metrics|stats|\.well-known)`, lib.text(path))
	}
}

# "*" is everyone with an identity of the mesh.
deny contains {"subject": s.id, "path": ["spec", "rules", i, "from", j, "source", key], "msg": msg} if {
	s := input.kubernetes.AuthorizationPolicy[_]
	s.id in applies
	some key in ["principals", "namespaces", "serviceAccounts"]
	rule := s.config.spec.rules[i]
	source := rule.from[j].source
	"*" in lib.as_array(source[key])
	not narrowed(rule)
	count([other | some other in ["principals", "namespaces", "serviceAccounts", "ipBlocks", "remoteIpBlocks", "requestPrincipals", "notPrincipals", "notNamespaces"]; other != key; lib.present(source, other)]) == 0
	msg := sprintf("`%s` allows every workload of the mesh to call in-scope workloads; name the callers", [s.name])
}
