# METADATA
# title: A manifest switches certificate checks off
# custom:
#   confidence: high
#   applies_to:
#     kubernetes:
#       - DestinationRule
#       - APIService
#       - ServiceMonitor
#       - PodMonitor
#       - Probe
#       - ScrapeConfig
#       - Prometheus
#       - PrometheusAgent
#       - Alertmanager
#       - AlertmanagerConfig
#       - ServersTransport
#       - ServersTransportTCP
#       - Issuer
#       - ClusterIssuer
#       - Ingress
package paylint.rules.tls_verification_disabled.kubernetes

import data.paylint.kubernetes
import data.paylint.lib

# Who calls others and says how it checks them.
groups := {
	"networking.istio.io": ["DestinationRule"],
	"apiregistration.k8s.io": ["APIService"],
	"monitoring.coreos.com": ["ServiceMonitor", "PodMonitor", "Probe", "ScrapeConfig", "Prometheus", "PrometheusAgent", "Alertmanager", "AlertmanagerConfig"],
	"traefik.io": ["ServersTransport", "ServersTransportTCP"],
	"traefik.containo.us": ["ServersTransport", "ServersTransportTCP"],
	"cert-manager.io": ["Issuer", "ClusterIssuer"],
}

clients contains s if {
	some group, kinds in groups
	s := input.kubernetes[kinds[_]][_]
	kubernetes.in_group(s, group)
}

applies contains s.id if {
	some s in clients
	speaks_of_tls(s)
}

applies contains s.id if {
	s := input.kubernetes.Ingress[_]
	upper(lib.text(annotation(s, "backend-protocol"))) in {"HTTPS", "GRPCS"}
}

speaks_of_tls(s) if {
	walk(s.config.spec, [path, _])
	regex.match(`(?i)tls|insecureskip`, sprintf("%v", [path[count(path) - 1]]))
}

annotation(s, name) := s.config.metadata.annotations[sprintf("nginx.ingress.kubernetes.io/%s", [name])]

# insecureSkipVerify (Istio, Prometheus), insecureSkipTLSVerify (aggregated API servers), at any depth.
deny contains {"subject": s.id, "path": array.concat(["spec"], path), "msg": msg} if {
	some s in clients
	walk(s.config.spec, [path, value])
	path[count(path) - 1] in {"insecureSkipVerify", "insecureSkipTLSVerify", "skipTLSVerify"}
	lib.truthy(value)
	msg := sprintf("`%v` accepts any certificate, so anybody on the way can answer; name the CA instead", [path[count(path) - 1]])
}

deny contains {"subject": s.id, "path": ["metadata", "annotations", "nginx.ingress.kubernetes.io/proxy-ssl-verify"], "msg": msg} if {
	s := input.kubernetes.Ingress[_]
	s.id in applies
	lower(lib.text(annotation(s, "proxy-ssl-verify"))) == "off"
	msg := "the ingress speaks TLS to its backend and accepts any certificate; set proxy-ssl-verify to on, with a CA secret"
}

applies contains s.id if {
	s := input.kubernetes.Ingress[_]
	annotation(s, "proxy-ssl-secret")
}

# nginx's own words, in a snippet.
applies contains found.subject if found := snippets[_]

snippets := [{"subject": s.id, "path": ["metadata", "annotations", key], "text": text} |
	s := input.kubernetes.Ingress[_]
	some key, value in kubernetes.entries(s.config.metadata.annotations)
	endswith(key, "-snippet")
	text := lib.text(value)
	contains(text, "proxy_ssl_verify")
]

deny contains {"subject": found.subject, "path": found.path, "msg": msg} if {
	found := snippets[_]
	regex.match(`(?m)^[^#]*\bproxy_ssl_verify\s+off`, found.text)
	msg := "the ingress speaks TLS to its backend and accepts any certificate; write proxy_ssl_verify on, with proxy_ssl_trusted_certificate"
}

# optional_no_ca takes a certificate from any authority, and leaves the check to nobody.
applies contains s.id if {
	s := input.kubernetes.Ingress[_]
	annotation(s, "auth-tls-secret")
}

deny contains {"subject": s.id, "path": ["metadata", "annotations", "nginx.ingress.kubernetes.io/auth-tls-verify-client"], "msg": msg} if {
	s := input.kubernetes.Ingress[_]
	s.id in applies
	annotation(s, "auth-tls-secret")
	lower(lib.text(annotation(s, "auth-tls-verify-client"))) in {"optional_no_ca", "off"}
	msg := "the ingress asks for client certificates and checks none; set auth-tls-verify-client: \"on\""
}
