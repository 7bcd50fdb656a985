# METADATA
# title: An Azure service takes connections without TLS
# custom: {confidence: high, applies_to: {terraform: [azurerm_redis_cache, azurerm_storage_account]}}
package paylint.rules.cleartext_transport.terraform_azure

import data.paylint.lib

applies contains r.id if {
	some type in ["azurerm_redis_cache", "azurerm_storage_account"]
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	r := input.terraform.azurerm_redis_cache[_]
	some key in ["non_ssl_port_enabled", "enable_non_ssl_port"]
	lib.truthy(r.config[key])
	msg := sprintf("`%s` also answers on its port without TLS; leave %s off", [r.name, key])
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	r := input.terraform.azurerm_storage_account[_]
	some key in ["https_traffic_only_enabled", "enable_https_traffic_only"]
	lib.falsy(r.config[key])
	msg := sprintf("`%s` also answers plain HTTP; leave %s on", [r.name, key])
}

unknown contains {"subject": r.id, "reason": "known only at apply"} if {
	some type in ["azurerm_redis_cache", "azurerm_storage_account"]
	r := input.terraform[type][_]
	some key in ["non_ssl_port_enabled", "enable_non_ssl_port", "https_traffic_only_enabled", "enable_https_traffic_only"]
	lib.is_unknown(r.config[key])
}
