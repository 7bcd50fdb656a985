# METADATA
# title: An image offers a remote login
# description: EXPOSE opens nothing by itself, which is why this is a hint.
# custom: {severity: low, confidence: low, applies_to: {dockerfile: [stage]}}
package paylint.rules.open_ingress.dockerfile

import data.paylint.lib

applies contains s.id if {
	s := input.dockerfile.stage[_]
	s.config.exposed[_]
}

# Ports of shells, desktops and file transfer. A database's image exposes its own port.
logins := {"20", "21", "22", "23", "3389", "5900", "5985", "5986"}

deny contains {"subject": s.id, "path": ["exposed", i], "msg": msg} if {
	s := input.dockerfile.stage[_]
	written := s.config.exposed[i]
	port := split(lib.text(written), "/")[0]
	port in logins
	port in {sprintf("%v", [guarded]) | some guarded in lib.guarded_ports}
	not is_meant(s, port)
	msg := sprintf("port %v is for logging in to the container: passwords are tried on it wherever it is published; leave the server out and use docker exec, or the platform's own session service", [port])
}

# Git and file servers, and hosts to jump from, are reached by SSH.
is_meant(s, "22") if regex.match(`(?i)git|forgejo|gogs|sftp|ssh|bastion|teleport|gerrit|onedev|jump`, lib.text(s.config.base.name))

is_meant(s, port) if {
	port in {"20", "21"}
	regex.match(`(?i)ftp`, lib.text(s.config.base.name))
}

unknown contains {"subject": s.id, "reason": "an exposed port comes from a variable"} if {
	s := input.dockerfile.stage[_]
	lib.has_unknown(s.config.exposed)
}
