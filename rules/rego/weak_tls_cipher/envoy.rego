# METADATA
# title: Envoy offers a weak cipher suite
# custom: {confidence: high, applies_to: {envoy: [listener, cluster]}}
package paylint.rules.weak_tls_cipher.envoy

import data.paylint.envoy
import data.paylint.lib
import data.paylint.tls

# Left out, there is none.
applies contains found.subject if some found in envoy.tls_contexts

deny contains {"subject": found.subject, "path": array.concat(found.path, ["common_tls_context", "tls_params", "cipher_suites", weak.item]), "msg": msg} if {
	some found in envoy.tls_contexts
	some weak in tls.weak_words(found.context.common_tls_context.tls_params.cipher_suites)
	msg := sprintf("%s can be broken or authenticates nobody; leave suites with ECDHE and AES-GCM or ChaCha20", [weak.text])
}

unknown contains {"subject": found.subject, "reason": "a template or variable says which suites"} if {
	some found in envoy.tls_contexts
	lib.has_unknown(found.context.common_tls_context.tls_params.cipher_suites)
}
