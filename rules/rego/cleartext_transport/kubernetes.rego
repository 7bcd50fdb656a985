# METADATA
# title: An ingress or gateway serves plain HTTP
# custom: {confidence: medium, applies_to: {kubernetes: [Ingress, Gateway]}, reads: [[spec, tls], [spec, servers, "*", port, protocol]]}
package paylint.rules.cleartext_transport.kubernetes

import data.paylint.kubernetes
import data.paylint.lib

# An ingress may get its certificate from the controller's default or a load balancer before it.
terminated_elsewhere(s) if {
	some name, _ in kubernetes.entries(s.config.metadata.annotations)
	regex.match(`^(?:alb\.ingress\.kubernetes\.io/(?:certificate-arn|listen-ports)|networking\.gke\.io/managed-certificates|ingress\.gcp\.kubernetes\.io/pre-shared-cert|networking\.gke\.io/v1beta1\.FrontendConfig|kubernetes\.io/ingress\.allow-http|appgw\.ingress\.kubernetes\.io/(?:appgw-ssl-certificate|use-private-ip)|cert-manager\.io/)`, name)
}

terminated_elsewhere(s) if s.config.metadata.annotations["kubernetes.io/ingress.class"] in {"alb", "gce-internal"}

terminated_elsewhere(s) if lib.text(s.config.spec.ingressClassName) in {"alb", "gce-internal", "cloudflare-tunnel", "tailscale"}

# Others have a kind of this name as well.
ours(s) if kubernetes.in_group(s, "networking.k8s.io")

ours(s) if kubernetes.in_group(s, "extensions")

applies contains s.id if {
	s := input.kubernetes.Ingress[_]
	ours(s)
	lib.known(s.config.spec)
	not terminated_elsewhere(s)
	not lib.in_cluster_only(s)
}

applies contains s.id if {
	s := input.kubernetes.Gateway[_]
	startswith(s.config.apiVersion, "networking.istio.io/")
}

deny contains {"subject": s.id, "path": where(s), "msg": msg} if {
	s := input.kubernetes.Ingress[_]
	s.id in applies
	count(lib.as_array(kubernetes.get(s.config.spec, "tls", []))) == 0
	msg := "this ingress has no `tls`: what customers send crosses the network in clear; name the hosts and a certificate secret"
}

where(s) := ["spec", "tls"] if lib.present(s.config.spec, "tls")

where(s) := ["metadata", "name"] if not lib.present(s.config.spec, "tls")

deny contains {"subject": s.id, "path": ["spec", "servers", i, "port", "protocol"], "msg": msg} if {
	s := input.kubernetes.Gateway[_]
	s.id in applies
	server := s.config.spec.servers[i]
	upper(lib.text(server.port.protocol)) in {"HTTP", "HTTP2"}
	not lib.truthy(server.tls.httpsRedirect)
	not server.hosts == ["*.local"]
	msg := sprintf("port %v serves plain HTTP; serve HTTPS, or answer with httpsRedirect: true", [server.port.number])
}
