# METADATA
# title: A mesh's policy lets every caller in, and nothing says what is in scope
# custom:
#   severity: medium
#   confidence: medium
#   applies_to: {kubernetes: [AuthorizationPolicy, ServiceIntentions]}
package paylint.rules.open_ingress.istio_unmarked

import data.paylint.kubernetes
import data.paylint.lib
import data.paylint.marks

policies contains s if {
	marks.unmarked
	s := input.kubernetes.AuthorizationPolicy[_]
	kubernetes.in_group(s, "security.istio.io")
	kubernetes.is_allow(s)
}

applies contains s.id if some s in policies

# A rule that limits nothing at all: what it is `to` or `when` would say what is published.
deny contains {"subject": s.id, "path": ["spec", "rules", i], "msg": msg} if {
	some s in policies
	rule := s.config.spec.rules[i]
	is_object(rule)
	lib.known(rule)
	count([key | some key in ["from", "to", "when"]; kubernetes.size(rule[key]) > 0]) == 0
	msg := sprintf("`%s` allows every request of every caller, also one without an identity: an empty rule means all; name principals and what they may do", [s.name])
}

deny contains {"subject": s.id, "path": ["spec", "rules", i, "from", j, "source", key, k], "msg": msg} if {
	some s in policies
	some key in ["ipBlocks", "remoteIpBlocks"]
	rule := s.config.spec.rules[i]
	kubernetes.size(kubernetes.get(rule, "to", [])) == 0
	block := rule.from[j].source[key][k]
	lib.cidr_is_open(block)
	msg := sprintf("`%s` allows callers from any address (%s); name the addresses, or principals", [s.name, block])
}

# --- Consul

intentions contains s if {
	s := input.kubernetes.ServiceIntentions[_]
	kubernetes.in_group(s, "consul.hashicorp.com")
}

applies contains s.id if some s in intentions

deny contains {"subject": s.id, "path": ["spec", "sources", i, "action"], "msg": msg} if {
	some s in intentions
	source := s.config.spec.sources[i]
	source.name == "*"
	lower(lib.text(source.action)) == "allow"
	msg := sprintf("every service may call `%v`; name the callers, and deny \"*\"", [kubernetes.get(s.config, ["spec", "destination", "name"], "*")])
}
