# METADATA
# title: Nothing of what an Azure service records is kept
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - azurerm_kubernetes_cluster
#       - azurerm_mssql_managed_instance
#       - azurerm_key_vault
#       - azurerm_key_vault_managed_hardware_security_module
#       - azurerm_virtual_network
package paylint.rules.audit_logging_off.terraform_azure_services

import data.paylint.lib

# Their logs go where a diagnostic setting says, or nowhere; a managed instance may also have an audit made in SQL.
severity := {
	"azurerm_kubernetes_cluster": "medium",
	"azurerm_mssql_managed_instance": "medium",
	"azurerm_key_vault": "low",
	"azurerm_key_vault_managed_hardware_security_module": "low",
}

what := {
	"azurerm_kubernetes_cluster": "who calls its API server",
	"azurerm_mssql_managed_instance": "who queries it",
	"azurerm_key_vault": "who uses its keys and secrets",
	"azurerm_key_vault_managed_hardware_security_module": "who uses its keys",
}

services contains r if {
	some type, _ in severity
	r := input.terraform[type][_]
}

applies contains r.id if some r in services

# A setting may be for measurements only.
sends_logs(setting) if {
	some key in ["enabled_log", "log"]
	lib.present(setting.config, key)
}

sends_logs(setting) if {
	some key in ["enabled_log", "log", "metric", "enabled_metric"]
	lib.has_unknown(object.get(setting.config, key, []))
}

recorded(r) if {
	setting := input.terraform.azurerm_monitor_diagnostic_setting[_]
	sends_logs(setting)
	lib.refers(setting, "target_resource_id", r)
}

# An agent in the cluster sends what containers write; the block at the top is that since version 3 of the provider.
recorded(r) if {
	r.type == "azurerm_kubernetes_cluster"
	some key in ["oms_agent", "microsoft_defender"]
	lib.present(r.config, key)
}

recorded(r) if {
	r.type == "azurerm_kubernetes_cluster"
	agent := r.config.addon_profile[_].oms_agent[_]
	not lib.falsy(agent.enabled)
}

# A setting of something that cannot be told, or blocks that cannot.
recorded_perhaps(_) if {
	setting := input.terraform.azurerm_monitor_diagnostic_setting[_]
	lib.is_unknown(setting.config.target_resource_id)
	count(object.get(setting.refs, "target_resource_id", [])) == 0
}

recorded_perhaps(r) if {
	some key in ["oms_agent", "microsoft_defender", "addon_profile"]
	lib.is_unknown(r.config[key])
}

recorded_perhaps(r) if lib.is_unknown(r.config.oms_agent[_])

deny contains {"subject": r.id, "path": [], "msg": msg, "severity": severity[r.type]} if {
	some r in services
	not recorded(r)
	not recorded_perhaps(r)
	msg := sprintf("no diagnostic setting keeps the logs of `%s`: %s cannot be told afterwards; add azurerm_monitor_diagnostic_setting with its audit logs", [r.name, what[r.type]])
}

unknown contains {"subject": r.id, "reason": "which service a diagnostic setting is for is known only at apply"} if {
	some r in services
	not recorded(r)
	recorded_perhaps(r)
}

# Flow logs, of the network or of the security groups in it: where it is in scope, or its watcher is set up here. Others
# are mostly logged from elsewhere.
networks contains r if {
	r := input.terraform.azurerm_virtual_network[_]
	lib.in_scope(object.get(r.config, "tags", {}))
}

networks contains r if {
	r := input.terraform.azurerm_virtual_network[_]
	input.terraform.azurerm_network_watcher[_]
}

applies contains r.id if some r in networks

flows_logged if input.terraform.azurerm_network_watcher_flow_log[_]

deny contains {"subject": r.id, "path": [], "msg": msg, "severity": "low"} if {
	some r in networks
	not flows_logged
	msg := sprintf("network `%s` has no flow log: who talked to whom cannot be told afterwards; add azurerm_network_watcher_flow_log", [r.name])
}
