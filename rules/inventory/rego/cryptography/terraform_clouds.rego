# METADATA
# title: TLS versions, keys and certificates in Azure, Google Cloud and Vault
# custom:
#   confidence: high
#   applies_to: {terraform: ["*"]}
package paylint.rules.cryptography.terraform_clouds

import data.paylint.inventory
import data.paylint.lib

# Providers name it in a dozen ways, in blocks or without; the argument says what it is.
version := `^(?:(?:scm_)?(?:minimum|minimal|min)_tls_version|tls_min_version|ssl_minimal_tls_version_enforced|min_protocol_version|tls_minimum_version)$`

settings contains {"s": s, "path": path, "value": value} if {
	some type, subjects in input.terraform
	regex.match(`^(?:azurerm|google)_`, type)
	s := subjects[_]
	walk(s.config, [path, value])
	count(path) > 0
	regex.match(version, sprintf("%v", [path[count(path) - 1]]))
	value != null
}

block(path) := array.slice(path, 0, count(path) - 1)

deny contains inventory.entry(found.s, block(found.path), {"kind": "protocol", "name": "TLS", "side": "server", "minimum version": found.value, "setting": found.path[count(found.path) - 1]}) if some found in settings

applies contains found.s.id if some found in settings

table := {
	"google_kms_crypto_key": [
		{"at": ["version_template"], "says": {"kind": "key"}, "values": {"name": ["algorithm"], "protection": ["protection_level"]}},
		{"at": [], "where": {"version_template": ["NULL", "[]"]}, "says": {"kind": "key", "name": "GOOGLE_SYMMETRIC_ENCRYPTION (default of Google)"}, "values": {"usage": ["purpose"], "rotation": ["rotation_period"]}},
	],
	"google_compute_managed_ssl_certificate": [{"at": ["managed"], "says": {"kind": "certificate", "name": "X.509"}, "values": {"domain": ["domains"]}}],
	"google_compute_ssl_certificate": [{"at": [], "says": {"kind": "certificate", "name": "X.509"}, "values": {}}],
	"google_compute_target_https_proxy": [{
		"at": [], "says": {"kind": "protocol", "name": "TLS", "side": "server", "purpose": "load balancer"},
		"values": {"policy": ["ssl_policy"], "certificate": ["ssl_certificates"]}, "defaults": {"policy": "COMPATIBLE, TLS 1.0 (default of Google)"},
	}],
	"azurerm_key_vault_key": [{"at": [], "says": {"kind": "key"}, "values": {"name": ["key_type"], "key size": ["key_size"], "curve": ["curve"], "usage": ["key_opts"]}}],
	"azurerm_key_vault_certificate": [{"at": ["certificate_policy", "key_properties"], "says": {"kind": "certificate"}, "values": {"name": ["key_type"], "key size": ["key_size"]}}],
	"azurerm_disk_encryption_set": [{"at": [], "says": {"kind": "algorithm", "name": "AES-256", "purpose": "encryption at rest"}, "values": {"key": ["key_vault_key_id"]}}],
	"vault_transit_secret_backend_key": [{"at": [], "says": {"kind": "key", "purpose": "transit secrets engine"}, "values": {"name": ["type"]}, "defaults": {"name": "aes256-gcm96"}}],
}

applies contains s.id if {
	some type, _ in table
	s := input.terraform[type][_]
}

deny contains found if {
	some type, rows in table
	s := input.terraform[type][_]
	some row in rows
	found := inventory.entries(s, row)[_]
}
