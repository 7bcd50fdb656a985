# METADATA
# title: A route of an ingress controller serves plain HTTP
# custom: {confidence: medium, applies_to: {kubernetes: [IngressRoute, HTTPProxy, Route]}}
package paylint.rules.cleartext_transport.kubernetes_routes

import data.paylint.kubernetes
import data.paylint.lib

# --- Traefik

traefik(s) if kubernetes.in_group(s, "traefik.io")

traefik(s) if kubernetes.in_group(s, "traefik.containo.us")

# Only names of entry points that promise nothing else: what they are is the controller's own setting.
plain_entry(s) if {
	entries := lib.as_array(s.config.spec.entryPoints)
	count(entries) > 0
	every entry in entries {
		lower(lib.text(entry)) in {"web", "http", "insecure"}
	}
}

applies contains s.id if {
	s := input.kubernetes.IngressRoute[_]
	traefik(s)
	plain_entry(s)
}

redirecting contains m.name if {
	m := input.kubernetes.Middleware[_]
	some key in ["redirectScheme", "redirectRegex"]
	lib.present(m.config.spec, key)
}

# The controller may redirect the whole entry point.
entry_redirects if {
	words := lib.containers(lib.pods[_])[_].container[_]
	regex.match(`(?i)entrypoints\.[a-z]+\.http\.redirections`, lib.text(words[_]))
}

sends_on(route) if route.middlewares[_].name in redirecting

deny contains {"subject": s.id, "path": ["spec", "entryPoints"], "msg": msg} if {
	s := input.kubernetes.IngressRoute[_]
	s.id in applies
	not lib.present(s.config.spec, "tls")
	not entry_redirects
	open := [route | route := s.config.spec.routes[_]; not sends_on(route); known_middlewares(route)]
	count(open) > 0
	msg := "this route is served over plain HTTP; use the entry point with TLS and `tls`, and a redirectScheme middleware here"
}

known_middlewares(route) if {
	every m in lib.as_array(kubernetes.get(route, "middlewares", [])) {
		m.name in {known.name | known := input.kubernetes.Middleware[_]}
	}
}

unknown contains {"subject": s.id, "reason": "a middleware it names, which may redirect to HTTPS, is not here"} if {
	s := input.kubernetes.IngressRoute[_]
	s.id in applies
	route := s.config.spec.routes[_]
	not sends_on(route)
	not known_middlewares(route)
}

# --- Contour

applies contains s.id if {
	s := input.kubernetes.HTTPProxy[_]
	kubernetes.in_group(s, "projectcontour.io")
	lib.present(s.config.spec, "virtualhost")
}

deny contains {"subject": s.id, "path": ["spec", "virtualhost", "fqdn"], "msg": msg} if {
	s := input.kubernetes.HTTPProxy[_]
	s.id in applies
	not lib.present(s.config.spec.virtualhost, "tls")
	msg := "this virtual host has no `tls`: what customers send crosses the network in clear; name a certificate secret"
}

deny contains {"subject": s.id, "path": ["spec", "routes", i, "permitInsecure"], "msg": msg} if {
	s := input.kubernetes.HTTPProxy[_]
	s.id in applies
	lib.truthy(s.config.spec.routes[i].permitInsecure)
	msg := "permitInsecure: the route is also served over plain HTTP instead of being redirected; take it out"
}

# --- OpenShift

applies contains s.id if {
	s := input.kubernetes.Route[_]
	kubernetes.in_group(s, "route.openshift.io")
}

deny contains {"subject": s.id, "path": ["metadata", "name"], "msg": msg} if {
	s := input.kubernetes.Route[_]
	s.id in applies
	not lib.present(s.config.spec, "tls")
	msg := "this route has no `tls`: what customers send crosses the network in clear; set a termination and redirect plain HTTP"
}

deny contains {"subject": s.id, "path": ["spec", "tls", "insecureEdgeTerminationPolicy"], "msg": msg} if {
	s := input.kubernetes.Route[_]
	s.id in applies
	lib.text(s.config.spec.tls.insecureEdgeTerminationPolicy) == "Allow"
	msg := "the route also answers plain HTTP; set insecureEdgeTerminationPolicy: Redirect"
}
