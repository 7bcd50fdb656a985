# METADATA
# title: An Azure service answers every network
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - azurerm_data_factory
#       - azurerm_purview_account
#       - azurerm_cognitive_account
#       - azurerm_iothub
#       - azurerm_iothub_dps
#       - azurerm_container_registry
#       - azurerm_automation_account
#       - azurerm_batch_account
#       - azurerm_eventgrid_topic
#       - azurerm_eventgrid_domain
#       - azurerm_eventhub_namespace
#       - azurerm_servicebus_namespace
#       - azurerm_app_configuration
#       - azurerm_key_vault
#       - azurerm_machine_learning_workspace
#       - azurerm_storage_sync
#   reads:
#     - [public_network_enabled]
#     - [public_network_access_enabled]
#     - [public_network_access]
#     - [incoming_traffic_policy]
#     - [network_acls]
#     - [network_acls, "*"]
#     - [network_acls, "*", default_action]
#     - [network_rule_set]
#     - [network_rule_set, "*"]
#     - [network_rule_set, "*", default_action]
#     - [network_rulesets]
#     - [network_rulesets, "*"]
#     - [network_rulesets, "*", default_action]
package paylint.rules.public_service_endpoint.terraform_azure

import data.paylint.lib

# The argument, and what it says where everybody may come. That is what the provider sets where nothing is written, too.
switches := {
	"azurerm_data_factory": {"key": "public_network_enabled", "open": "true", "closed": "false"},
	"azurerm_purview_account": {"key": "public_network_enabled", "open": "true", "closed": "false"},
	"azurerm_cognitive_account": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_iothub": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_iothub_dps": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_container_registry": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_automation_account": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_batch_account": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_eventgrid_topic": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_eventgrid_domain": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_eventhub_namespace": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_servicebus_namespace": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_app_configuration": {"key": "public_network_access", "open": "enabled", "closed": "\"Disabled\""},
	"azurerm_key_vault": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_machine_learning_workspace": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_storage_sync": {"key": "incoming_traffic_policy", "open": "allowalltraffic", "closed": "\"AllowVirtualNetworksOnly\""},
}

# Only their dearest tier has anything but a public endpoint.
tiered := {"azurerm_container_registry", "azurerm_servicebus_namespace"}

judged contains {"r": r, "switch": switch} if {
	some type, switch in switches
	r := input.terraform[type][_]
	not shut_out(r)
}

shut_out(r) if {
	r.type in tiered
	not lib.present(r.config, switches[r.type].key)
	not lower(lib.text(r.config.sku)) == "premium"
}

applies contains item.r.id if some item in judged

# A firewall of its own that denies what it does not name.
fences := ["network_acls", "network_rule_set", "network_rulesets"]

fenced(r) if {
	some key in fences
	lower(lib.text(r.config[key][_].default_action)) == "deny"
}

fenced(r) if lib.known(r.config.inbound_ip_rule[_])

fenced(r) if lower(lib.text(r.config.network_profile[_].account_access[_].default_action)) == "deny"

undecided(r) if {
	some key in fences
	lib.has_unknown(object.get(r.config, key, []))
}

undecided(r) if lib.has_unknown(object.get(r.config, "network_profile", []))

deny contains {"subject": item.r.id, "path": [item.switch.key], "msg": msg} if {
	some item in judged
	lower(sprintf("%v", [item.r.config[item.switch.key]])) == item.switch.open
	not fenced(item.r)
	not undecided(item.r)
	msg := sprintf("`%s` answers the whole internet; set %s = %s and use a private endpoint, or a firewall that denies by default", [item.r.name, item.switch.key, item.switch.closed])
}

deny contains {"subject": item.r.id, "path": [item.switch.key], "msg": msg, "severity": "low"} if {
	some item in judged
	not lib.present(item.r.config, item.switch.key)
	not fenced(item.r)
	not undecided(item.r)
	msg := sprintf("without %s `%s` answers the whole internet; set it to %s and use a private endpoint, or a firewall that denies by default", [item.switch.key, item.r.name, item.switch.closed])
}
