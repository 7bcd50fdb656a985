# METADATA
# title: An Azure service does not check who answers behind it
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - azurerm_api_management_backend
#       - azurerm_cdn_frontdoor_origin
#       - azurerm_data_factory_linked_service_sftp
#       - azurerm_frontdoor
package paylint.rules.tls_verification_disabled.terraform_azure

import data.paylint.blocks
import data.paylint.lib

# {shape, off, what}: a switch, the value that turns checking off, and what is not checked then. On where nothing is
# written, but for Front Door's newer kind, where something has to be.
switches := {
	"azurerm_api_management_backend": [
		{"shape": ["tls", "*", "validate_certificate_chain"], "off": "false", "what": "the certificate of its backend"},
		{"shape": ["tls", "*", "validate_certificate_name"], "off": "false", "what": "the name in the certificate of its backend"},
	],
	"azurerm_cdn_frontdoor_origin": [{"shape": ["certificate_name_check_enabled"], "off": "false", "what": "the name in the certificate of its origin"}],
	"azurerm_data_factory_linked_service_sftp": [{"shape": ["skip_host_key_validation"], "off": "true", "what": "the host key of the server"}],
	"azurerm_frontdoor": [
		{"shape": ["backend_pool_settings", "*", "enforce_backend_pools_certificate_name_check"], "off": "false", "what": "the names in certificates of its backends"},
		{"shape": ["enforce_backend_pools_certificate_name_check"], "off": "false", "what": "the names in certificates of its backends"},
	],
}

said contains {"r": r, "switch": switch, "path": found.path, "value": found.value} if {
	some type, list in switches
	r := input.terraform[type][_]
	some switch in list
	found := blocks.settings(r.config, switch.shape)[_]
	found.value != null
}

applies contains item.r.id if some item in said

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in said
	blocks.spelled(item.value) == item.switch.off
	msg := sprintf("`%s` does not check %s: anyone on the way can answer in its place; take %s out, or turn it round", [item.r.name, item.switch.what, item.path[count(item.path) - 1]])
}

unknown contains {"subject": item.r.id, "reason": "whether it checks is known only at apply"} if {
	some item in said
	lib.is_unknown(item.value)
}
