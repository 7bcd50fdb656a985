# METADATA
# title: A Google Cloud endpoint accepts an old TLS version
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - google_compute_ssl_policy
#       - google_compute_region_ssl_policy
#       - google_compute_target_https_proxy
#       - google_compute_target_ssl_proxy
#       - google_compute_region_target_https_proxy
#       - google_network_services_edge_cache_service
#       - google_network_security_tls_inspection_policy
#       - google_apigee_target_server
package paylint.rules.weak_tls_version.terraform_google

import data.paylint.lib

policies contains r if {
	some type in ["google_compute_ssl_policy", "google_compute_region_ssl_policy", "google_network_security_tls_inspection_policy"]
	r := input.terraform[type][_]
}

applies contains r.id if some r in policies

# The suites of this profile exist from TLS 1.2 on only, whatever the minimum says.
restricted(r) if {
	some key in ["profile", "tls_feature_profile"]
	upper(lib.text(r.config[key])) in {"RESTRICTED", "PROFILE_RESTRICTED"}
}

may_be_restricted(r) if restricted(r)

may_be_restricted(r) if {
	some key in ["profile", "tls_feature_profile"]
	lib.is_unknown(r.config[key])
}

deny contains {"subject": r.id, "path": ["min_tls_version"], "msg": msg} if {
	some r in policies
	lib.tls_too_old(r.config.min_tls_version)
	not may_be_restricted(r)
	msg := sprintf("policy `%s` accepts %v; set min_tls_version = \"TLS_1_2\"", [r.name, r.config.min_tls_version])
}

# TLS_1_0 is the default.
deny contains {"subject": r.id, "path": ["min_tls_version"], "msg": msg} if {
	some r in policies
	unset(r)
	not may_be_restricted(r)
	msg := sprintf("without min_tls_version policy `%s` accepts TLS 1.0; set min_tls_version = \"TLS_1_2\"", [r.name])
}

unset(r) if not lib.present(r.config, "min_tls_version")

unset(r) if r.config.min_tls_version == "TLS_VERSION_UNSPECIFIED"

unknown contains {"subject": r.id, "reason": "its TLS version is known only at apply"} if {
	some r in policies
	some key in ["min_tls_version", "profile", "tls_feature_profile"]
	lib.is_unknown(r.config[key])
}

# Without a policy of its own an endpoint has Google's default one, which accepts TLS 1.0.
endpoints := {
	"google_compute_target_https_proxy": "ssl_policy",
	"google_compute_target_ssl_proxy": "ssl_policy",
	"google_compute_region_target_https_proxy": "ssl_policy",
	"google_network_services_edge_cache_service": "edge_ssl_policy",
}

applies contains r.id if {
	some type, _ in endpoints
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, key in endpoints
	r := input.terraform[type][_]
	object.get(r.config, key, "") == ""
	msg := sprintf("without %s `%s` accepts TLS 1.0; name a policy with min_tls_version = \"TLS_1_2\"", [key, r.name])
}

# A policy that is declared here is judged itself.
unknown contains {"subject": r.id, "reason": "its policy is not declared here"} if {
	some type, key in endpoints
	r := input.terraform[type][_]
	object.get(r.config, key, "") != ""
	not declared(r, key)
}

declared(r, key) if {
	some policy in policies
	lib.refers(r, key, policy)
}

# Apigee's connections to what lies behind it.
targets contains {"r": r, "version": version, "path": ["s_sl_info", 0, "protocols", i]} if {
	r := input.terraform.google_apigee_target_server[_]
	version := r.config.s_sl_info[0].protocols[i]
}

applies contains target.r.id if some target in targets

deny contains {"subject": target.r.id, "path": target.path, "msg": msg} if {
	some target in targets
	lib.tls_too_old(target.version)
	msg := sprintf("target `%s` may be spoken to with %v; leave TLSv1.2 and later", [target.r.name, target.version])
}

unknown contains {"subject": target.r.id, "reason": "its TLS versions are known only at apply"} if {
	some target in targets
	lib.is_unknown(target.version)
}
