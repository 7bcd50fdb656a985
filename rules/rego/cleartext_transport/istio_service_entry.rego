# METADATA
# title: The mesh calls a service outside over plain HTTP
# custom: {confidence: medium, applies_to: {kubernetes: [ServiceEntry]}}
package paylint.rules.cleartext_transport.istio_service_entry

import data.paylint.kubernetes
import data.paylint.lib

applies contains s.id if {
	s := input.kubernetes.ServiceEntry[_]
	kubernetes.in_group(s, "networking.istio.io")
	kubernetes.get(s.config.spec, "location", "MESH_EXTERNAL") == "MESH_EXTERNAL"
	outside(s.config.spec.hosts[_])
}

outside(host) if {
	contains(lib.text(host), ".")
	not regex.match(`(?i)(?:^|\.)(?:localhost|local|internal|svc|cluster|lan|corp|home\.arpa)$`, host)
}

# The sidecar may put TLS around it on the way out.
encrypted(s) if {
	rule := input.kubernetes.DestinationRule[_]
	kubernetes.in_group(rule, "networking.istio.io")
	rule.config.spec.host in lib.as_array(s.config.spec.hosts)
	walk(rule.config.spec, [path, value])
	path[count(path) - 1] == "tls"
	upper(lib.text(value.mode)) in {"SIMPLE", "MUTUAL"}
}

deny contains {"subject": s.id, "path": ["spec", "ports", i, "protocol"], "msg": msg} if {
	s := input.kubernetes.ServiceEntry[_]
	s.id in applies
	input.unit.alone
	port := s.config.spec.ports[i]
	upper(lib.text(port.protocol)) in {"HTTP", "HTTP2", "GRPC"}
	not encrypted(s)
	msg := sprintf("calls to %v leave the mesh as plain HTTP; declare HTTPS, or let a DestinationRule originate TLS (mode SIMPLE)", [s.config.spec.hosts[0]])
}

unknown contains {"subject": s.id, "reason": "a DestinationRule elsewhere may originate TLS for it"} if {
	s := input.kubernetes.ServiceEntry[_]
	s.id in applies
	not input.unit.alone
	upper(lib.text(s.config.spec.ports[_].protocol)) in {"HTTP", "HTTP2", "GRPC"}
	not encrypted(s)
}
