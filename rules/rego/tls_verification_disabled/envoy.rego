# METADATA
# title: Envoy does not check the certificate of the servers behind it
# custom: {confidence: high, applies_to: {envoy: [cluster]}}
package paylint.rules.tls_verification_disabled.envoy

import data.paylint.envoy
import data.paylint.lib

upstream contains found if {
	some found in envoy.tls_contexts
	found.side == "Upstream"
	found.r.type == "cluster"
	not envoy.stays_here(found.r)
}

applies contains found.subject if some found in upstream

# What validates: a context of its own, one that is fetched, or both combined.
validation(found) := [context |
	some key in ["validation_context", "combined_validation_context"]
	context := found.context.common_tls_context[key]
]

fetched(found) if {
	some key in ["validation_context_sds_secret_config", "validation_context_certificate_provider", "validation_context_certificate_provider_instance", "custom_tls_certificate_selector"]
	lib.present(found.context.common_tls_context, key)
}

fetched(found) if {
	some key in ["validation_context_sds_secret_config", "validation_context_certificate_provider", "validation_context_certificate_provider_instance"]
	lib.present(found.context.common_tls_context.combined_validation_context, key)
}

trusting := ["trusted_ca", "system_root_certs", "ca_certificate_provider_instance", "verify_certificate_hash", "verify_certificate_spki", "custom_validator_config", "watched_directory"]

anchored(found) if fetched(found)

anchored(found) if {
	walk(validation(found), [path, _])
	path[count(path) - 1] in trusting
}

# Without something to trust Envoy accepts any certificate.
deny contains {"subject": found.subject, "path": where(found), "msg": msg} if {
	some found in upstream
	not anchored(found)
	not lib.is_unknown(found.context.common_tls_context)
	msg := "without validation_context.trusted_ca Envoy accepts any certificate, so anybody on the way can answer; add it, and match_typed_subject_alt_names"
}

where(found) := array.concat(found.path, ["common_tls_context", "validation_context"]) if {
	lib.present(found.context.common_tls_context, "validation_context")
} else := array.concat(found.path, ["common_tls_context"]) if {
	lib.present(found.context, "common_tls_context")
} else := array.concat(found.path, ["@type"]) if {
	lib.present(found.context, "@type")
} else := found.path

deny contains {"subject": found.subject, "path": array.concat(found.path, path), "msg": msg} if {
	some found in upstream
	walk(found.context, [path, value])
	path[count(path) - 1] == "trust_chain_verification"
	value == "ACCEPT_UNTRUSTED"
	msg := "ACCEPT_UNTRUSTED: any certificate is accepted, so anybody on the way can answer; take it out"
}

# With every public authority trusted, it is the name that tells the right server from any other.
deny contains {"subject": found.subject, "path": array.concat(found.path, path), "msg": msg, "confidence": "medium"} if {
	some found in upstream
	walk(found.context, [path, value])
	public(path, value)
	not named(found)
	msg := "every public authority is trusted and no name is asked for: any site's certificate is accepted; add match_typed_subject_alt_names, or auto_sni_san_validation"
}

public(path, value) if {
	count(path) > 1
	path[count(path) - 1] == "filename"
	path[count(path) - 2] == "trusted_ca"
	regex.match(`^/etc/(?:ssl/certs/ca-certificates\.crt|ssl/cert\.pem|pki/tls/certs/ca-bundle\.crt|pki/ca-trust/.*|ssl/ca-bundle\.pem)$`, lib.text(value))
}

public(path, _) if path[count(path) - 1] == "system_root_certs"

named(found) if found.context.auto_sni_san_validation == true

named(found) if {
	walk(found.context, [path, _])
	path[count(path) - 1] in {"match_typed_subject_alt_names", "match_subject_alt_names", "verify_subject_alt_name", "verify_certificate_hash", "verify_certificate_spki", "custom_validator_config"}
}

unknown contains {"subject": found.subject, "reason": "what is trusted comes from elsewhere"} if {
	some found in upstream
	fetched(found)
}
