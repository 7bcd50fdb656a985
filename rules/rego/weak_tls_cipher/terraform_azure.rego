# METADATA
# title: An Azure endpoint offers a weak cipher suite
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_api_management, azurerm_application_gateway, azurerm_app_service_environment_v3]}
package paylint.rules.weak_tls_cipher.terraform_azure

import data.paylint.blocks
import data.paylint.lib

# API Management: the first name is that until version 2 of the provider.
triple_des := ["enable_triple_des_ciphers", "triple_des_ciphers_enabled"]

applies contains r.id if {
	r := input.terraform.azurerm_api_management[_]
	lib.present(r.config, "security")
}

deny contains {"subject": r.id, "path": ["security", i, key], "msg": msg} if {
	r := input.terraform.azurerm_api_management[_]
	some key in triple_des
	lib.truthy(r.config.security[i][key])
	msg := sprintf("`%s` offers triple DES; leave %s off", [r.name, key])
}

unknown contains {"subject": r.id, "reason": "whether it offers triple DES is known only at apply"} if {
	r := input.terraform.azurerm_api_management[_]
	some key in triple_des
	lib.is_unknown(r.config.security[_][key])
}

# Application gateways: suites of a custom policy, and old predefined policies, which have triple DES among theirs.
gateway_shapes := [["ssl_policy", "*"], ["ssl_profile", "*", "ssl_policy", "*"]]

suites contains {"r": r, "value": suite, "path": array.concat(found.path, [i])} if {
	r := input.terraform.azurerm_application_gateway[_]
	found := blocks.settings(r.config, array.concat(gateway_shapes[_], ["cipher_suites"]))[_]
	suite := found.value[i]
}

policies contains {"r": r, "value": found.value, "path": found.path} if {
	r := input.terraform.azurerm_application_gateway[_]
	found := blocks.settings(r.config, array.concat(gateway_shapes[_], ["policy_name"]))[_]
	found.value != null
}

applies contains item.r.id if some item in suites

applies contains item.r.id if some item in policies

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in suites
	lib.cipher_forbidden(item.value)
	msg := sprintf("gateway `%s` offers %s; leave suites with ECDHE and AES-GCM", [item.r.name, item.value])
}

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in policies
	lib.text(item.value) == "AppGwSslPolicy20150501"
	msg := sprintf("policy %s offers triple DES; use AppGwSslPolicy20220101", [item.value])
}

unknown contains {"subject": item.r.id, "reason": "its suites are known only at apply"} if {
	some item in suites | policies
	lib.is_unknown(item.value)
}

# App Service environments: the order of suites is a list in one text.
orders contains {"r": r, "value": setting.value, "path": ["cluster_setting", i, "value"]} if {
	r := input.terraform.azurerm_app_service_environment_v3[_]
	setting := r.config.cluster_setting[i]
	setting.name == "FrontEndSSLCipherSuiteOrder"
}

applies contains item.r.id if some item in orders

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in orders
	weak := [suite | some suite in split(lib.text(item.value), ","); lib.cipher_forbidden(trim_space(suite))]
	count(weak) > 0
	msg := sprintf("`%s` offers %s; leave suites with ECDHE and AES-GCM", [item.r.name, concat(", ", weak)])
}
