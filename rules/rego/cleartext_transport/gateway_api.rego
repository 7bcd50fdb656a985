# METADATA
# title: A listener of the Gateway API serves plain HTTP
# custom: {confidence: medium, applies_to: {kubernetes: [Gateway]}}
package paylint.rules.cleartext_transport.gateway_api

import data.paylint.kubernetes
import data.paylint.lib

# {gateway, i, listener, routes}: the plain listeners, with the routes of this unit that hang on them.
listeners contains {"gateway": g.id, "i": i, "listener": listener, "routes": routes(g, listener)} if {
	g := input.kubernetes.Gateway[_]
	kubernetes.in_group(g, "gateway.networking.k8s.io")
	not regex.match(`(?i)internal|private|rilb|mesh|waypoint`, lib.text(g.config.spec.gatewayClassName))
	listener := g.config.spec.listeners[i]
	upper(lib.text(listener.protocol)) == "HTTP"
}

routes(g, listener) := [route |
	route := input.kubernetes.HTTPRoute[_]
	kubernetes.in_group(route, "gateway.networking.k8s.io")
	parent := route.config.spec.parentRefs[_]
	parent.name == g.name
	kubernetes.get(parent, "kind", "Gateway") == "Gateway"
	kubernetes.get(parent, "namespace", lib.namespace(route)) == lib.namespace(g)
	kubernetes.get(parent, "sectionName", listener.name) == listener.name
]

applies contains g.id if {
	g := input.kubernetes.Gateway[_]
	kubernetes.in_group(g, "gateway.networking.k8s.io")
	is_array(g.config.spec.listeners)
}

serves(route) if {
	rule := route.config.spec.rules[_]
	not redirects(rule)
}

redirects(rule) if {
	filter := rule.filters[_]
	filter.type == "RequestRedirect"
	lower(lib.text(filter.requestRedirect.scheme)) == "https"
}

deny contains {"subject": found.gateway, "path": ["spec", "listeners", found.i, "protocol"], "msg": msg} if {
	some found in listeners
	serving := [route.name | some route in found.routes; serves(route)]
	count(serving) > 0
	msg := sprintf("listener `%v` serves route `%v` over plain HTTP; attach it to a listener with HTTPS, and here a redirect with scheme: https", [found.listener.name, min(serving)])
}

# Without any listener for HTTPS there is nothing to redirect to.
plain_only(found) if {
	g := input.kubernetes.Gateway[_]
	g.id == found.gateway
	count([l | l := g.config.spec.listeners[_]; not upper(lib.text(l.protocol)) == "HTTP"]) == 0
	not may_have_more(g)
}

# Listeners of others may be added, and what stands before it may end TLS or be reached from inside only.
may_have_more(g) if lib.present(g.config.spec, "allowedListeners")

may_have_more(g) if kubernetes.size(g.config.spec.infrastructure) > 0

may_have_more(g) if kubernetes.size(g.config.spec.addresses) > 0

may_have_more(g) if {
	some key, value in kubernetes.entries(g.config.metadata.annotations)
	regex.match(`(?i)cert|service-type|load-balancer|internal|tls|ssl`, key)
	value != ""
}

deny contains {"subject": found.gateway, "path": ["spec", "listeners", found.i, "protocol"], "msg": msg} if {
	some found in listeners
	count(found.routes) == 0
	plain_only(found)
	msg := sprintf("listener `%v` serves plain HTTP, and no listener of this gateway HTTPS; add one with a certificate, and redirect from here", [found.listener.name])
}

unknown contains {"subject": found.gateway, "reason": "the routes of its plain listener are not here: they may only redirect"} if {
	some found in listeners
	count(found.routes) == 0
	not plain_only(found)
}
