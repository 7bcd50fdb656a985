# METADATA
# title: An Azure log is emptied before twelve months
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - azurerm_log_analytics_workspace
#       - azurerm_network_watcher_flow_log
#       - azurerm_monitor_log_profile
#       - azurerm_monitor_diagnostic_setting
#       - azurerm_mssql_server
#       - azurerm_sql_server
#       - azurerm_mssql_database
#       - azurerm_sql_database
#       - azurerm_mysql_server
#       - azurerm_postgresql_server
#       - azurerm_mssql_server_extended_auditing_policy
#       - azurerm_mssql_database_extended_auditing_policy
#       - azurerm_synapse_workspace_extended_auditing_policy
#       - azurerm_synapse_sql_pool_extended_auditing_policy
#       - azurerm_mssql_server_security_alert_policy
#       - azurerm_synapse_workspace_security_alert_policy
#       - azurerm_storage_account
#       - azurerm_storage_account_queue_properties
#       - azurerm_storage_management_policy
#       - azurerm_log_analytics_workspace_table
#       - azurerm_app_service
#       - azurerm_linux_web_app
#       - azurerm_windows_web_app
package paylint.rules.audit_log_retention.terraform_azure

import data.paylint.lib

# Where days are written: 0, and nothing at all, is for ever.
places := {
	"azurerm_mssql_server": [["extended_auditing_policy", 0, "retention_in_days"]],
	"azurerm_sql_server": [["extended_auditing_policy", 0, "retention_in_days"], ["threat_detection_policy", 0, "retention_days"]],
	"azurerm_mssql_database": [["extended_auditing_policy", 0, "retention_in_days"], ["threat_detection_policy", 0, "retention_days"]],
	"azurerm_sql_database": [["extended_auditing_policy", 0, "retention_in_days"], ["threat_detection_policy", 0, "retention_days"]],
	"azurerm_mysql_server": [["threat_detection_policy", 0, "retention_days"]],
	"azurerm_postgresql_server": [["threat_detection_policy", 0, "retention_days"]],
	"azurerm_mssql_server_extended_auditing_policy": [["retention_in_days"]],
	"azurerm_mssql_database_extended_auditing_policy": [["retention_in_days"]],
	"azurerm_synapse_workspace_extended_auditing_policy": [["retention_in_days"]],
	"azurerm_synapse_sql_pool_extended_auditing_policy": [["retention_in_days"]],
	"azurerm_mssql_server_security_alert_policy": [["retention_days"]],
	"azurerm_synapse_workspace_security_alert_policy": [["retention_days"]],
	"azurerm_storage_account": [["queue_properties", 0, "logging", 0, "retention_policy_days"]],
	"azurerm_app_service": [["logs", 0, "http_logs", 0, "azure_blob_storage", 0, "retention_in_days"]],
	"azurerm_linux_web_app": [["logs", 0, "http_logs", 0, "azure_blob_storage", 0, "retention_in_days"]],
	"azurerm_windows_web_app": [["logs", 0, "http_logs", 0, "azure_blob_storage", 0, "retention_in_days"]],
	"azurerm_storage_account_queue_properties": [["logging", 0, "retention_policy_days"]],
}

# One statement about days: {subject, name, path, days}.
said contains {"subject": r.id, "name": r.name, "path": path, "days": days} if {
	some type, paths in places
	r := input.terraform[type][_]
	some path in paths
	days := object.get(r.config, path, null)
	days != null
}

# Blocks with a switch of their own: where it is off nothing is deleted either.
said contains {"subject": item.subject, "name": item.name, "path": array.concat(item.path, ["days"]), "days": days} if {
	some item in policies
	is_object(item.policy)
	not lib.falsy(object.get(item.policy, "enabled", true))
	days := item.policy.days
}

policies contains {"subject": r.id, "name": r.name, "policy": policy, "path": ["retention_policy", i]} if {
	some type in ["azurerm_network_watcher_flow_log", "azurerm_monitor_log_profile"]
	r := input.terraform[type][_]
	policy := r.config.retention_policy[i]
}

policies contains {"subject": r.id, "name": r.name, "policy": policy, "path": [key, i, "retention_policy", j]} if {
	r := input.terraform.azurerm_monitor_diagnostic_setting[_]
	some key in ["log", "enabled_log"]
	policy := r.config[key][i].retention_policy[j]
	not lib.falsy(r.config[key][i].enabled)
}

applies contains item.subject if some item in said

applies contains item.subject if some item in policies

deny contains {"subject": item.subject, "path": item.path, "msg": msg} if {
	some item in said
	days := lib.number(item.days)
	days > 0
	days < data.settings.audit_retention_days
	msg := sprintf("logs of `%s` are deleted after %v days; audit logs are kept %v days", [item.name, days, data.settings.audit_retention_days])
}

unknown contains {"subject": item.subject, "reason": "how long it is kept is known only at apply"} if {
	some item in said
	lib.is_unknown(item.days)
}

unknown contains {"subject": item.subject, "reason": "how long it is kept is known only at apply"} if {
	some item in policies
	lib.has_unknown(item.policy)
}

# A workspace keeps 30 days where nothing is written.
applies contains r.id if r := input.terraform.azurerm_log_analytics_workspace[_]

# What is exported to a storage account is kept there, for as long as that says.
exported(r) if lib.refers(input.terraform.azurerm_log_analytics_data_export_rule[_], "workspace_resource_id", r)

short contains {"workspace": r, "days": days} if {
	r := input.terraform.azurerm_log_analytics_workspace[_]
	days := lib.number(object.get(r.config, "retention_in_days", 30))
	days < data.settings.audit_retention_days
}

deny contains {"subject": r.id, "path": ["retention_in_days"], "msg": msg} if {
	some item in short
	r := item.workspace
	days := item.days
	not exported(r)
	msg := sprintf("workspace `%s` is emptied after %v days; set retention_in_days to %v or more", [r.name, days, data.settings.audit_retention_days])
}

unknown contains {"subject": r.id, "reason": "how long its logs are kept where they are exported to cannot be told"} if {
	some item in short
	r := item.workspace
	exported(r)
}

unknown contains {"subject": r.id, "reason": "how long it keeps logs is known only at apply"} if {
	r := input.terraform.azurerm_log_analytics_workspace[_]
	lib.is_unknown(r.config.retention_in_days)
}

# A table keeps its own time, and in the archive another. What is measured, and what programs print, is no audit log.
measurements := `(?i)^(?:perf|heartbeat|usage|insightsmetrics|azuremetrics(?:v2)?|containerlog(?:v2)?|container(?:node)?inventory|kube(?:events|healthevents?|monagentevents|nodeinventory|podinventory|pvinventory|services)|app(?:availabilityresults|browsertimings|dependencies|exceptions|metrics|pageviews|performancecounters|traces))$`

measured(r) if regex.match(measurements, lib.text(r.config.name))

tables contains {"r": r, "key": key, "days": r.config[key]} if {
	r := input.terraform.azurerm_log_analytics_workspace_table[_]
	not measured(r)
	keys := [key | some key in ["total_retention_in_days", "retention_in_days"]; lib.present(r.config, key)]
	key := keys[0]
}

applies contains table.r.id if some table in tables

deny contains {"subject": table.r.id, "path": [table.key], "msg": msg} if {
	some table in tables
	lib.known(object.get(table.r.config, "name", ""))
	days := lib.number(table.days)
	days > 0
	days < data.settings.audit_retention_days
	msg := sprintf("table `%s` is emptied after %v days; set total_retention_in_days to %v or more", [table.r.name, days, data.settings.audit_retention_days])
}

unknown contains {"subject": table.r.id, "reason": "what it keeps, or how long, is known only at apply"} if {
	some table in tables
	lib.has_unknown([table.days, object.get(table.r.config, "name", "")])
}

# Rules that clean up a storage account: those for the containers that Azure writes logs to.
cleaned contains {"r": r, "days": days, "path": ["rule", i, "actions", j, "base_blob", k, key]} if {
	r := input.terraform.azurerm_storage_management_policy[_]
	rule := r.config.rule[i]
	not lib.falsy(rule.enabled)
	regex.match(`^(?:insights-(?:activity-)?logs|insights-logs-|insights-activity-|sqldbauditlogs|\$logs)`, lib.text(rule.filters[_].prefix_match[_]))
	some key in ["delete_after_days_since_modification_greater_than", "delete_after_days_since_creation_greater_than"]
	days := rule.actions[j].base_blob[k][key]
}

applies contains item.r.id if some item in cleaned

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in cleaned
	days := lib.number(item.days)
	days >= 0
	days < data.settings.audit_retention_days
	msg := sprintf("`%s` deletes logs after %v days; audit logs are kept %v days", [item.r.name, days, data.settings.audit_retention_days])
}

unknown contains {"subject": item.r.id, "reason": "when it deletes logs is known only at apply"} if {
	some item in cleaned
	lib.is_unknown(item.days)
}
