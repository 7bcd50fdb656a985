# METADATA
# title: Envoy serves plain HTTP beside HTTPS
# custom: {confidence: medium, applies_to: {envoy: [listener]}}
package paylint.rules.cleartext_transport.envoy

import data.paylint.envoy
import data.paylint.lib

# Only where TLS ends in Envoy itself: otherwise something before it may do that.
encrypts if {
	some found in envoy.tls_contexts
	found.side == "Downstream"
}

applies contains chain.r.id if {
	some chain in envoy.http_chains
	encrypts
}

deny contains {"subject": chain.r.id, "path": ["address", "socket_address", "port_value"], "msg": msg} if {
	some chain in envoy.http_chains
	encrypts
	envoy.listens_outside(chain.r)
	envoy.port(chain.r) in {80, 8080}
	not envoy.encrypted(chain.chain)
	envoy.forwards(chain.manager)
	not envoy.redirects(chain.manager)
	msg := sprintf("port %v serves plain HTTP; redirect there (https_redirect: true), or add a transport_socket with TLS", [envoy.port(chain.r)])
}

unknown contains {"subject": chain.r.id, "reason": "its routes come over the network"} if {
	some chain in envoy.http_chains
	encrypts
	envoy.listens_outside(chain.r)
	not envoy.encrypted(chain.chain)
	lib.present(chain.manager, "rds")
}
