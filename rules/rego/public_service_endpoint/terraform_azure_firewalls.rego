# METADATA
# title: The firewall of an Azure service lets everyone in
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - azurerm_ai_services
#       - azurerm_cognitive_account
#       - azurerm_container_registry
#       - azurerm_eventgrid_domain
#       - azurerm_eventgrid_topic
#       - azurerm_eventhub_namespace
#       - azurerm_iothub
#       - azurerm_key_vault
#       - azurerm_key_vault_managed_hardware_security_module
#       - azurerm_servicebus_namespace
#       - azurerm_servicebus_namespace_network_rule_set
package paylint.rules.public_service_endpoint.terraform_azure_firewalls

import data.paylint.azure_fences
import data.paylint.lib

services := [
	"azurerm_ai_services",
	"azurerm_cognitive_account",
	"azurerm_container_registry",
	"azurerm_eventgrid_domain",
	"azurerm_eventgrid_topic",
	"azurerm_eventhub_namespace",
	"azurerm_iothub",
	"azurerm_key_vault",
	"azurerm_key_vault_managed_hardware_security_module",
	"azurerm_servicebus_namespace",
]

reachable contains r if {
	some type in services
	r := input.terraform[type][_]
	not shut(r)
}

# No firewall counts where there is no public address.
shut(r) if lib.falsy(r.config.public_network_access_enabled)

shut(r) if lower(lib.text(r.config.public_network_access)) == "disabled"

applies contains r.id if {
	some r in reachable
	some key in ["network_acls", "network_rule_set", "network_rulesets", "inbound_ip_rule"]
	lib.present(r.config, key)
}

deny contains {"subject": r.id, "path": path, "msg": msg} if {
	some r in reachable
	some path in azure_fences.allowing(r)
	msg := sprintf("the firewall of `%s` lets in every address that no rule names; set default_action = \"Deny\"", [r.name])
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some r in reachable
	some found in azure_fences.open_ranges(r)
	msg := sprintf("the firewall of `%s` names everyone (%s); name the addresses that need it", [r.name, found.range])
}

applies contains r.id if r := input.terraform.azurerm_servicebus_namespace_network_rule_set[_]

deny contains {"subject": r.id, "path": ["default_action"], "msg": msg} if {
	r := input.terraform.azurerm_servicebus_namespace_network_rule_set[_]
	lower(lib.text(r.config.default_action)) == "allow"
	not lib.falsy(r.config.public_network_access_enabled)
	msg := "the firewall lets in every address that no rule names; set default_action = \"Deny\""
}
