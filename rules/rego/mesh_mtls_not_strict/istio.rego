# METADATA
# title: The service mesh accepts or sends plain text between workloads
# custom: {confidence: high, applies_to: {kubernetes: [PeerAuthentication, DestinationRule]}, reads: [[spec, mtls, mode], [spec, trafficPolicy, tls, mode]]}
package paylint.rules.mesh_mtls_not_strict.istio

import data.paylint.lib

istio(s) if startswith(lib.text(s.config.apiVersion), "security.istio.io/")

istio(s) if startswith(lib.text(s.config.apiVersion), "networking.istio.io/")

applies contains s.id if {
	s := input.kubernetes.PeerAuthentication[_]
	istio(s)
	lib.present(s.config.spec, "mtls")
}

applies contains s.id if {
	s := input.kubernetes.DestinationRule[_]
	istio(s)
	speaks_of_tls(s)
	inside(s.config.spec.host)
}

speaks_of_tls(s) if {
	walk(s.config.spec, [path, _])
	path[count(path) - 1] == "tls"
}

# A rule for a host outside of the cluster is not about the mesh.
inside(host) if endswith(lib.text(host), ".local")

inside(host) if not contains(lib.text(host), ".")

inside(host) if regex.match(`\.svc$`, lib.text(host))

deny contains {"subject": s.id, "path": ["spec", "mtls", "mode"], "msg": msg} if {
	s := input.kubernetes.PeerAuthentication[_]
	s.id in applies
	mode := upper(lib.text(s.config.spec.mtls.mode))
	mode in {"PERMISSIVE", "DISABLE"}
	msg := sprintf("mode %s: workloads also accept plain text from any pod; set STRICT", [mode])
}

deny contains {"subject": s.id, "path": ["spec", "portLevelMtls", port, "mode"], "msg": msg} if {
	s := input.kubernetes.PeerAuthentication[_]
	s.id in applies
	mode := upper(lib.text(s.config.spec.portLevelMtls[port].mode))
	mode in {"PERMISSIVE", "DISABLE"}
	msg := sprintf("mode %s on port %v: this port also accepts plain text; set STRICT", [mode, port])
}

deny contains {"subject": s.id, "path": ["spec", "trafficPolicy", "tls", "mode"], "msg": msg} if {
	s := input.kubernetes.DestinationRule[_]
	s.id in applies
	upper(lib.text(s.config.spec.trafficPolicy.tls.mode)) == "DISABLE"
	msg := sprintf("calls to %v are sent in plain text; use ISTIO_MUTUAL", [s.config.spec.host])
}

# The same for a subset of the pods, or one port.
deny contains {"subject": s.id, "path": array.concat(array.concat(["spec"], path), ["mode"]), "msg": msg} if {
	s := input.kubernetes.DestinationRule[_]
	s.id in applies
	walk(s.config.spec, [path, value])
	count(path) > 2
	path[count(path) - 1] == "tls"
	upper(lib.text(value.mode)) == "DISABLE"
	msg := sprintf("calls to a part of %v are sent in plain text; use ISTIO_MUTUAL", [s.config.spec.host])
}
