# METADATA
# title: Envoy serves plain HTTP only
# description: A load balancer or mesh around it may end TLS, which is why this is a hint.
# custom: {confidence: low, severity: low, applies_to: {envoy: [listener]}}
package paylint.rules.cleartext_transport.envoy_plain

import data.paylint.envoy

encrypts if {
	some found in envoy.tls_contexts
	found.side == "Downstream"
}

applies contains chain.r.id if {
	some chain in envoy.http_chains
	not encrypts
}

deny contains {"subject": chain.r.id, "path": ["address", "socket_address", "address"], "msg": msg} if {
	some chain in envoy.http_chains
	not encrypts
	envoy.listens_outside(chain.r)
	not envoy.encrypted(chain.chain)
	envoy.forwards(chain.manager)
	not envoy.redirects(chain.manager)
	msg := "served in clear to other machines, and nothing here serves TLS; unless a load balancer before it does, add a transport_socket with TLS"
}
