# METADATA
# title: Envoy accepts or speaks an old TLS version
# custom: {confidence: high, applies_to: {envoy: [listener, cluster]}}
package paylint.rules.weak_tls_version.envoy

import data.paylint.envoy
import data.paylint.lib

applies contains found.subject if some found in envoy.tls_contexts

# Left out, the minimum is TLS 1.2 on both sides.
deny contains {"subject": found.subject, "path": array.concat(found.path, ["common_tls_context", "tls_params", key]), "msg": msg} if {
	some found in envoy.tls_contexts
	some key in ["tls_minimum_protocol_version", "tls_maximum_protocol_version"]
	version := found.context.common_tls_context.tls_params[key]
	lib.tls_too_old(version)
	msg := sprintf("%s: %s can be broken; write TLSv1_2 as the minimum, or leave it out", [key, version])
}

unknown contains {"subject": found.subject, "reason": "a template or variable says which version is the oldest"} if {
	some found in envoy.tls_contexts
	lib.has_unknown(found.context.common_tls_context.tls_params)
}
