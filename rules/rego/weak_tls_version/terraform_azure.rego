# METADATA
# title: An Azure service accepts an old TLS version
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_redis_cache, azurerm_storage_account, azurerm_mssql_server, azurerm_postgresql_server]}
package paylint.rules.weak_tls_version.terraform_azure

import data.paylint.lib

versions := {
	"azurerm_redis_cache": "minimum_tls_version",
	"azurerm_storage_account": "min_tls_version",
	"azurerm_mssql_server": "minimum_tls_version",
	"azurerm_postgresql_server": "ssl_minimal_tls_version_enforced",
}

# Where nothing is written, the provider's default is 1.2 in today's versions.
applies contains r.id if {
	some type, key in versions
	r := input.terraform[type][_]
	lib.present(r.config, key)
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, key in versions
	r := input.terraform[type][_]
	lib.tls_too_old(r.config[key])
	msg := sprintf("`%s` accepts TLS %v; set %s to 1.2", [r.name, r.config[key], key])
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, key in versions
	r := input.terraform[type][_]
	lib.text(r.config[key]) in {"Disabled", "TLSEnforcementDisabled"}
	msg := sprintf("`%s` accepts any TLS version; set %s to 1.2", [r.name, key])
}

unknown contains {"subject": r.id, "reason": "its TLS version is known only at apply"} if {
	some type, key in versions
	r := input.terraform[type][_]
	lib.is_unknown(r.config[key])
}
