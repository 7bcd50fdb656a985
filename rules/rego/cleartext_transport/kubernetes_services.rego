# METADATA
# title: A load balancer serves plain HTTP only, or a volume travels in clear
# custom:
#   severity: medium
#   confidence: medium
#   applies_to: {kubernetes: [Service, PersistentVolume]}
package paylint.rules.cleartext_transport.kubernetes_services

import data.paylint.kubernetes
import data.paylint.lib

balancers contains s if {
	s := input.kubernetes.Service[_]
	kubernetes.in_group(s, "")
	s.config.spec.type == "LoadBalancer"
	not kubernetes.is_internal(s)
	not private(s)
	is_array(s.config.spec.ports)
}

applies contains s.id if some s in balancers

# Its sources are named, or a class or pool that is not known here decides where it stands.
private(s) if kubernetes.size(s.config.spec.loadBalancerSourceRanges) > 0

private(s) if lib.present(s.config.spec, "loadBalancerClass")

private(s) if {
	some key, _ in kubernetes.entries(s.config.metadata.annotations)
	regex.match(`source-ranges|allowed-ip-ranges|^(?:metallb\.|kube-vip\.io|tailscale\.com|lbipam\.cilium\.io|io\.cilium)|ssl-cert|backend-config|tls-ports|certificate`, key)
}

# 80 and its usual stand-ins; with a port for HTTPS beside it, it is there to redirect.
plain(port) if {
	lib.number(port.port) in {80, 8080, 8000, 8888}
	not speaks_otherwise(port)
}

speaks_otherwise(port) if regex.match(`(?i)^(?:https|tls|ssl|grpcs)(?:-|$)`, lib.text(port.name))

speaks_otherwise(port) if regex.match(`(?i)^(?:.*/)?(?:https|tls|ssl|wss|grpcs)$`, lib.text(port.appProtocol))

speaks_otherwise(port) if upper(lib.text(port.protocol)) in {"UDP", "SCTP"}

has_https(s) if {
	port := s.config.spec.ports[_]
	not plain(port)
}

deny contains {"subject": s.id, "path": ["spec", "ports", i, "port"], "msg": msg} if {
	some s in balancers
	not has_https(s)
	port := s.config.spec.ports[i]
	msg := sprintf("`%s` is reached from outside by plain HTTP only (port %v): what customers send crosses the network in clear; serve HTTPS, or put an ingress with a certificate before it", [s.name, port.port])
}

# --- AWS: the certificate is there, and a port that does not use it

terminating contains s if {
	s := input.kubernetes.Service[_]
	kubernetes.annotation(s, aws("ssl-cert"))
	s.config.spec.type == "LoadBalancer"
	not kubernetes.is_internal(s)
}

aws(key) := sprintf("service.beta.kubernetes.io/aws-load-balancer-%s", [key])

applies contains s.id if some s in terminating

# Without a list of them all ports are served with TLS.
secured(s, _) if not kubernetes.annotation(s, aws("ssl-ports"))

secured(s, port) if {
	some word in split(kubernetes.annotation(s, aws("ssl-ports")), ",")
	trim_space(word) in {"*", sprintf("%v", [port.port]), sprintf("%v", [object.get(port, "name", null)])}
}

deny contains {"subject": s.id, "path": ["spec", "ports", i, "port"], "msg": msg} if {
	some s in terminating
	port := s.config.spec.ports[i]
	plain(port)
	not secured(s, port)
	not lower(lib.text(kubernetes.get(s.config.metadata.annotations, aws("backend-protocol"), "tcp"))) == "tcp"
	msg := sprintf("port %v of `%s` is not among its ssl-ports: it serves plain HTTP beside HTTPS; take it out, or let what stands behind redirect", [port.port, s.name])
}

# --- volumes

mounts contains {"subject": s.id, "path": ["spec", "csi", "volumeAttributes", "encryptInTransit"], "value": value} if {
	s := input.kubernetes.PersistentVolume[_]
	s.config.spec.csi.driver == "efs.csi.aws.com"
	value := s.config.spec.csi.volumeAttributes.encryptInTransit
}

applies contains mount.subject if some mount in mounts

deny contains {"subject": mount.subject, "path": mount.path, "msg": msg} if {
	some mount in mounts
	lib.falsy(mount.value)
	msg := "files cross the network in clear; take the line out: the driver mounts with TLS by itself"
}
