# METADATA
# title: A Compose service publishes a database or administration port on all addresses
# custom: {severity: medium, confidence: medium, applies_to: {compose: [service]}}
package paylint.rules.open_ingress.compose

import data.paylint.lib

applies contains s.id if {
	s := input.compose.service[_]
	s.config.ports_published[_]
}

deny contains {"subject": s.id, "path": ["ports_published", i], "msg": msg} if {
	s := input.compose.service[_]
	port := s.config.ports_published[i]
	is_everywhere(port.host_ip)
	ports := [guarded | some guarded in lib.guarded_ports; lib.port_in_text(guarded, port.target)]
	count(ports) > 0
	not meant(s, ports[0])
	msg := sprintf("port %v is published on all addresses of the host, past its firewall; leave it out (services reach each other without), or bind it: 127.0.0.1:%v:%v", [ports[0], ports[0], ports[0]])
}

is_everywhere(address) if address in {"", "0.0.0.0", "::", "0:0:0:0:0:0:0:0"}

# Git and file servers are reached by SSH.
meant(s, 22) if regex.match(`(?i)git(?:ea|lab|bucket|ness)|forgejo|gogs|sftp|bastion|teleport|gerrit|onedev`, lib.text(s.config.images[_].name))

unknown contains {"subject": s.id, "reason": "a published port comes from a variable"} if {
	s := input.compose.service[_]
	port := s.config.ports_published[_]
	some key in ["host_ip", "target"]
	lib.is_unknown(port[key])
}
