# METADATA
# title: A manifest switches certificate checks off
# custom:
#   confidence: high
#   applies_to: {kubernetes: [DestinationRule, APIService, ServiceMonitor, PodMonitor, Ingress]}
package paylint.rules.tls_verification_disabled.kubernetes

import data.paylint.lib

applies contains s.id if {
	some kind in ["DestinationRule", "APIService", "ServiceMonitor", "PodMonitor"]
	s := input.kubernetes[kind][_]
	speaks_of_tls(s)
}

applies contains s.id if {
	s := input.kubernetes.Ingress[_]
	upper(lib.text(annotation(s, "backend-protocol"))) in {"HTTPS", "GRPCS"}
}

speaks_of_tls(s) if {
	walk(s.config.spec, [path, _])
	regex.match(`(?i)tls`, sprintf("%v", [path[count(path) - 1]]))
}

annotation(s, name) := s.config.metadata.annotations[sprintf("nginx.ingress.kubernetes.io/%s", [name])]

# insecureSkipVerify (Istio, Prometheus), insecureSkipTLSVerify (aggregated API servers), at any depth.
deny contains {"subject": s.id, "path": array.concat(["spec"], path), "msg": msg} if {
	some kind in ["DestinationRule", "APIService", "ServiceMonitor", "PodMonitor"]
	s := input.kubernetes[kind][_]
	walk(s.config.spec, [path, value])
	path[count(path) - 1] in {"insecureSkipVerify", "insecureSkipTLSVerify"}
	lib.truthy(value)
	msg := sprintf("`%v` accepts any certificate, so anybody on the way can answer; name the CA instead", [path[count(path) - 1]])
}

deny contains {"subject": s.id, "path": ["metadata", "annotations", "nginx.ingress.kubernetes.io/proxy-ssl-verify"], "msg": msg} if {
	s := input.kubernetes.Ingress[_]
	s.id in applies
	lower(lib.text(annotation(s, "proxy-ssl-verify"))) == "off"
	msg := "the ingress speaks TLS to its backend and accepts any certificate; set proxy-ssl-verify to on, with a CA secret"
}
