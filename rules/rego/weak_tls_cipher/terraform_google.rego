# METADATA
# title: A Google Cloud endpoint offers a weak cipher suite
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - google_compute_ssl_policy
#       - google_compute_region_ssl_policy
#       - google_network_security_tls_inspection_policy
#       - google_apigee_target_server
package paylint.rules.weak_tls_cipher.terraform_google

import data.paylint.lib

kinds := {
	"google_compute_ssl_policy": {"profile": "profile", "suites": "custom_features", "good": "MODERN"},
	"google_compute_region_ssl_policy": {"profile": "profile", "suites": "custom_features", "good": "MODERN"},
	"google_network_security_tls_inspection_policy": {"profile": "tls_feature_profile", "suites": "custom_tls_features", "good": "PROFILE_MODERN"},
}

policies contains {"r": r, "kind": kind, "profile": object.get(r.config, kind.profile, "COMPATIBLE")} if {
	some type, kind in kinds
	r := input.terraform[type][_]
}

applies contains policy.r.id if some policy in policies

# COMPATIBLE is the default, and the only profile with a suite of triple DES.
deny contains {"subject": policy.r.id, "path": [policy.kind.profile], "msg": msg} if {
	some policy in policies
	upper(lib.text(policy.profile)) in {"COMPATIBLE", "PROFILE_COMPATIBLE", "PROFILE_UNSPECIFIED"}
	msg := sprintf("profile COMPATIBLE of `%s` offers triple DES; set %s = \"%s\"", [policy.r.name, policy.kind.profile, policy.kind.good])
}

deny contains {"subject": policy.r.id, "path": [policy.kind.suites, i], "msg": msg} if {
	some policy in policies
	suite := policy.r.config[policy.kind.suites][i]
	lib.cipher_forbidden(suite)
	msg := sprintf("`%s` offers %s; leave suites with ECDHE and AES-GCM or ChaCha20", [policy.r.name, suite])
}

unknown contains {"subject": policy.r.id, "reason": "its suites are known only at apply"} if {
	some policy in policies
	lib.has_unknown([policy.profile, object.get(policy.r.config, policy.kind.suites, [])])
}

targets contains {"r": r, "suite": suite, "path": ["s_sl_info", 0, "ciphers", i]} if {
	r := input.terraform.google_apigee_target_server[_]
	suite := r.config.s_sl_info[0].ciphers[i]
}

applies contains target.r.id if some target in targets

deny contains {"subject": target.r.id, "path": target.path, "msg": msg} if {
	some target in targets
	lib.cipher_forbidden(target.suite)
	msg := sprintf("target `%s` may be spoken to with %s; leave suites with ECDHE and AES-GCM or ChaCha20", [target.r.name, target.suite])
}

unknown contains {"subject": target.r.id, "reason": "its suites are known only at apply"} if {
	some target in targets
	lib.is_unknown(target.suite)
}
