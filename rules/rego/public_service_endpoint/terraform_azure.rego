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
#       - azurerm_storage_account
#       - azurerm_databricks_workspace
#       - azurerm_eventgrid_namespace
#       - azurerm_key_vault_managed_hardware_security_module
#       - azurerm_ai_services
#       - azurerm_ai_foundry
#       - azurerm_recovery_services_vault
#       - azurerm_signalr_service
#       - azurerm_web_pubsub
#       - azurerm_dashboard_grafana
#       - azurerm_healthcare_service
#       - azurerm_iotcentral_application
#       - azurerm_managed_disk
#       - azurerm_snapshot
#   reads:
#     - [network_access_policy]
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

import data.paylint.azure_fences
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
	"azurerm_storage_account": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_databricks_workspace": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_eventgrid_namespace": {"key": "public_network_access", "open": "enabled", "closed": "\"Disabled\""},
	"azurerm_key_vault_managed_hardware_security_module": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_ai_services": {"key": "public_network_access", "open": "enabled", "closed": "\"Disabled\""},
	"azurerm_ai_foundry": {"key": "public_network_access", "open": "enabled", "closed": "\"Disabled\""},
	"azurerm_recovery_services_vault": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_signalr_service": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_web_pubsub": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_dashboard_grafana": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_healthcare_service": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
	"azurerm_iotcentral_application": {"key": "public_network_access_enabled", "open": "true", "closed": "false"},
}

# Nothing can be read there without the rights of an administrator, or browsers are whom it is for: only what is written
# counts.
only_if_said := {
	"azurerm_recovery_services_vault",
	"azurerm_dashboard_grafana",
	"azurerm_iotcentral_application",
	"azurerm_signalr_service",
	"azurerm_web_pubsub",
}

# Accounts that say nothing are most of all there are, and public_storage speaks of them.
expected(r) if {
	r.type == "azurerm_storage_account"
	not lib.in_scope(object.get(r.config, "tags", {}))
}

expected(r) if r.type in only_if_said

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

deny contains {"subject": item.r.id, "path": [item.switch.key], "msg": msg} if {
	some item in judged
	lower(sprintf("%v", [item.r.config[item.switch.key]])) == item.switch.open
	not azure_fences.fenced(item.r)
	not azure_fences.fenced_perhaps(item.r)
	count(azure_fences.allowing(item.r)) == 0
	msg := sprintf("`%s` answers the whole internet; set %s = %s and use a private endpoint, or a firewall that denies by default", [item.r.name, item.switch.key, item.switch.closed])
}

deny contains {"subject": item.r.id, "path": [item.switch.key], "msg": msg, "severity": "low"} if {
	some item in judged
	not lib.present(item.r.config, item.switch.key)
	not expected(item.r)
	not azure_fences.fenced(item.r)
	not azure_fences.fenced_perhaps(item.r)
	count(azure_fences.allowing(item.r)) == 0
	msg := sprintf("without %s `%s` answers the whole internet; set it to %s and use a private endpoint, or a firewall that denies by default", [item.switch.key, item.r.name, item.switch.closed])
}

# Disks: whoever has a signed address of one may download it from anywhere.
disks contains r if {
	some type in ["azurerm_managed_disk", "azurerm_snapshot"]
	r := input.terraform[type][_]
}

applies contains r.id if {
	some r in disks
	some key in ["public_network_access_enabled", "network_access_policy"]
	lib.present(r.config, key)
}

deny contains {"subject": r.id, "path": ["network_access_policy"], "msg": msg} if {
	some r in disks
	lower(lib.text(r.config.network_access_policy)) == "allowall"
	not lib.falsy(r.config.public_network_access_enabled)
	msg := sprintf("`%s` can be exported from any network; set network_access_policy = \"DenyAll\", or \"AllowPrivate\" with a disk access", [r.name])
}

deny contains {"subject": r.id, "path": ["public_network_access_enabled"], "msg": msg} if {
	some r in disks
	lib.truthy(r.config.public_network_access_enabled)
	not lib.present(r.config, "network_access_policy")
	msg := sprintf("`%s` can be exported from any network; set public_network_access_enabled = false", [r.name])
}
