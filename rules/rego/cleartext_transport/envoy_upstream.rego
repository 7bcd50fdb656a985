# METADATA
# title: Envoy passes requests on in clear to a public host
# custom: {confidence: medium, severity: medium, applies_to: {envoy: [cluster]}}
package paylint.rules.cleartext_transport.envoy_upstream

import data.paylint.envoy
import data.paylint.hosts
import data.paylint.lib

applies contains r.id if {
	r := input.envoy.cluster[_]
	not envoy.passed_through(r)
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	r := input.envoy.cluster[_]
	r.id in applies
	not envoy.encrypted(r.config)
	reached := [target | some target in envoy.targets; target.cluster == r.id; hosts.outside(target.host)]
	found := reached[0]
	msg := sprintf("requests are passed on to %s in clear, over networks of others; add a transport_socket with UpstreamTlsContext", [found.host])
}

unknown contains {"subject": r.id, "reason": "a template or variable says where requests go"} if {
	r := input.envoy.cluster[_]
	r.id in applies
	not envoy.encrypted(r.config)
	lib.has_unknown(r.config.load_assignment)
}
