# METADATA
# title: An AuthorizationPolicy names callers and nothing makes them prove who they are
# custom:
#   confidence: medium
#   applies_to: {kubernetes: [AuthorizationPolicy]}
package paylint.rules.mesh_mtls_not_strict.istio_callers

import data.paylint.kubernetes
import data.paylint.lib

# What mutual TLS proves, and plain text does not have.
identities := ["principals", "notPrincipals", "namespaces", "notNamespaces", "serviceAccounts", "notServiceAccounts"]

applies contains s.id if {
	s := input.kubernetes.AuthorizationPolicy[_]
	kubernetes.in_group(s, "security.istio.io")
	names_identities(s)
}

names_identities(s) if {
	some key in identities
	s.config.spec.rules[_].from[_].source[key]
}

# The modes that hold for the policy's namespace or the mesh; those of single workloads leave the others as they are.
modes(s) := {mode |
	peer := input.kubernetes.PeerAuthentication[_]
	kubernetes.in_group(peer, "security.istio.io")
	lib.namespace(peer) in {lib.namespace(s), "istio-system"}
	concerned(peer, s)
	mode := upper(lib.text(peer.config.spec.mtls.mode))
	mode != "UNSET"
}

concerned(peer, _) if not lib.present(peer.config.spec, "selector")

concerned(peer, s) if peer.config.spec.selector.matchLabels == s.config.spec.selector.matchLabels

# Where a mode is set and is not STRICT, that is found there.
deny contains {"subject": s.id, "path": ["metadata", "name"], "msg": msg, "confidence": sureness(s)} if {
	s := input.kubernetes.AuthorizationPolicy[_]
	s.id in applies
	input.unit.alone
	count(modes(s)) == 0
	msg := sprintf("`%s` judges callers by identities that mutual TLS proves, and no PeerAuthentication makes it STRICT for namespace %s: plain text without any identity is still taken", [s.name, lib.namespace(s)])
}

# A policy that denies, or excepts, certain identities does nothing about a caller without one. Where only those who are
# named get in, it is the encryption that is optional.
sureness(s) := "medium" if {
	escapes(s)
} else := "low"

escapes(s) if upper(lib.text(s.config.spec.action)) == "DENY"

escapes(s) if {
	some key in ["notPrincipals", "notNamespaces", "notServiceAccounts"]
	s.config.spec.rules[_].from[_].source[key]
}

unknown contains {"subject": s.id, "reason": "whether mutual TLS is STRICT may stand in other manifests"} if {
	s := input.kubernetes.AuthorizationPolicy[_]
	s.id in applies
	not input.unit.alone
	count(modes(s)) == 0
}
