# METADATA
# title: Access to Azure resources is not logged
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - azurerm_mssql_server
#       - azurerm_sql_server
#       - azurerm_synapse_workspace
#       - azurerm_mssql_server_extended_auditing_policy
#       - azurerm_mssql_database_extended_auditing_policy
#       - azurerm_monitor_diagnostic_setting
#       - azurerm_monitor_log_profile
#       - azurerm_network_watcher_flow_log
#       - azurerm_postgresql_configuration
#       - azurerm_postgresql_flexible_server_configuration
#       - azurerm_mysql_configuration
#       - azurerm_mysql_flexible_server_configuration
#       - azurerm_mariadb_configuration
#       - azurerm_app_service
#       - azurerm_linux_web_app
#       - azurerm_windows_web_app
#       - azurerm_storage_account
#       - azurerm_storage_account_queue_properties
#   reads:
#     - [enabled]
#     - [categories, "*"]
#     - [locations, "*"]
#     - [log, enabled]
#     - [queue_properties, logging, "*"]
#     - [logging, "*"]
package paylint.rules.audit_logging_off.terraform_azure

import data.paylint.lib

# Servers that are audited by a policy beside them: server type -> the argument of the policy that names it, by type.
audited_by := {
	"azurerm_mssql_server": {"azurerm_mssql_server_extended_auditing_policy": "server_id"},
	"azurerm_sql_server": {"azurerm_mssql_server_extended_auditing_policy": "server_id"},
	"azurerm_synapse_workspace": {"azurerm_synapse_workspace_extended_auditing_policy": "synapse_workspace_id"},
}

servers contains r if {
	some type, _ in audited_by
	r := input.terraform[type][_]
}

applies contains r.id if some r in servers

# Until version 2 of the provider the policy was a block of the server.
audited(r) if {
	policy := r.config.extended_auditing_policy[_]
	lib.known(policy)
}

audited(r) if {
	some type, key in audited_by[r.type]
	lib.refers(input.terraform[type][_], key, r)
}

# Or each database has one.
audited(r) if {
	database := input.terraform.azurerm_mssql_database[_]
	lib.refers(database, "server_id", r)
	lib.refers(input.terraform.azurerm_mssql_database_extended_auditing_policy[_], "database_id", database)
}

# A block that may be there, or a policy of a server that cannot be told.
audited_perhaps(r) if lib.has_unknown(r.config.extended_auditing_policy)

audited_perhaps(r) if {
	some type, key in audited_by[r.type]
	policy := input.terraform[type][_]
	lib.is_unknown(policy.config[key])
	count(object.get(policy.refs, key, [])) == 0
}

deny contains {"subject": r.id, "path": ["extended_auditing_policy"], "msg": msg} if {
	some r in servers
	not audited(r)
	not audited_perhaps(r)
	msg := sprintf("nobody records who queries `%s`; add an extended auditing policy for it", [r.name])
}

unknown contains {"subject": r.id, "reason": "no auditing policy here names it; another one may"} if {
	some r in servers
	not audited(r)
	somewhere_else(r)
}

somewhere_else(r) if audited_perhaps(r)

# What may be switched off.
switched := ["azurerm_mssql_server_extended_auditing_policy", "azurerm_mssql_database_extended_auditing_policy", "azurerm_network_watcher_flow_log"]

applies contains r.id if {
	some type in switched
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["enabled"], "msg": msg} if {
	some type in switched
	r := input.terraform[type][_]
	lib.falsy(r.config.enabled)
	msg := sprintf("`%s` is switched off: nothing is recorded; set enabled = true", [r.name])
}

# Diagnostic settings: a category of audit that is off, or no category that is on.
applies contains r.id if {
	r := input.terraform.azurerm_monitor_diagnostic_setting[_]
	lib.present(r.config, "log")
}

deny contains {"subject": r.id, "path": ["log", i, "enabled"], "msg": msg} if {
	r := input.terraform.azurerm_monitor_diagnostic_setting[_]
	log := r.config.log[i]
	lib.falsy(log.enabled)
	needed(r, log)
	msg := sprintf("`%s` leaves out %v; set enabled = true", [r.name, object.get(log, "category", "the logs")])
}

needed(_, log) if regex.match(`(?i)audit|^administrative$|^security$|^policy$|^signinlogs$`, lib.text(log.category))

needed(_, log) if regex.match(`(?i)audit|alllogs`, lib.text(log.category_group))

needed(r, _) if not some_log_on(r)

some_log_on(r) if lib.present(r.config, "enabled_log")

some_log_on(r) if {
	log := r.config.log[_]
	not lib.falsy(log.enabled)
}

# The activity log, in the older way.
applies contains r.id if r := input.terraform.azurerm_monitor_log_profile[_]

deny contains {"subject": r.id, "path": ["categories"], "msg": msg} if {
	r := input.terraform.azurerm_monitor_log_profile[_]
	is_array(r.config.categories)
	not lib.has_unknown(r.config.categories)
	missing := [category | some category in ["Action", "Delete", "Write"]; not category in r.config.categories]
	count(missing) > 0
	msg := sprintf("profile `%s` leaves out %s; name Action, Delete and Write", [r.name, concat(" and ", missing)])
}

deny contains {"subject": r.id, "path": ["locations"], "msg": msg} if {
	r := input.terraform.azurerm_monitor_log_profile[_]
	is_array(r.config.locations)
	not lib.has_unknown(r.config.locations)
	not "global" in [lower(location) | location := lib.text(r.config.locations[_])]
	msg := sprintf("profile `%s` leaves out what is done outside of regions; add \"global\" to locations", [r.name])
}

# Server parameters: type -> parameter -> values that switch the log off.
off := {"off", "0", "false", "disabled", "none"}

postgresql := {"log_connections", "log_disconnections", "log_checkpoints", "pgaudit.log"}

mysql := {"audit_log_enabled"}

parameters := {
	"azurerm_postgresql_configuration": postgresql,
	"azurerm_postgresql_flexible_server_configuration": postgresql,
	"azurerm_mysql_configuration": mysql,
	"azurerm_mysql_flexible_server_configuration": mysql,
	"azurerm_mariadb_configuration": mysql,
}

settings contains r if {
	some type, names in parameters
	r := input.terraform[type][_]
	lower(lib.text(r.config.name)) in names
}

applies contains r.id if some r in settings

deny contains {"subject": r.id, "path": ["value"], "msg": msg} if {
	some r in settings
	lower(sprintf("%v", [r.config.value])) in off
	msg := sprintf("%s is switched off: the database does not record it; switch it on", [r.config.name])
}

unknown contains {"subject": r.id, "reason": "its value is known only at apply"} if {
	some r in settings
	lib.is_unknown(r.config.value)
}

# Web apps: an access log of their own, or a diagnostic setting.
apps := ["azurerm_app_service", "azurerm_linux_web_app", "azurerm_windows_web_app"]

applies contains r.id if {
	some type in apps
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["logs", 0, "http_logs"], "msg": msg} if {
	some type in apps
	r := input.terraform[type][_]
	not app_logs(r)
	not diagnosed(r)
	not app_logs_perhaps(r)
	msg := sprintf("app `%s` writes no access log; add http_logs in a logs block, or a diagnostic setting", [r.name])
}

app_logs(r) if {
	logs := r.config.logs[_]
	lib.known(logs)
	lib.known(logs.http_logs[_])
}

diagnosed(r) if lib.refers(input.terraform.azurerm_monitor_diagnostic_setting[_], "target_resource_id", r)

# A setting of something that cannot be told.
diagnosed_perhaps if {
	setting := input.terraform.azurerm_monitor_diagnostic_setting[_]
	lib.is_unknown(setting.config.target_resource_id)
	count(object.get(setting.refs, "target_resource_id", [])) == 0
}

unknown contains {"subject": r.id, "reason": "whether it writes an access log is known only at apply"} if {
	some type in apps
	r := input.terraform[type][_]
	not app_logs(r)
	not diagnosed(r)
	app_logs_perhaps(r)
}

app_logs_perhaps(_) if diagnosed_perhaps

app_logs_perhaps(r) if lib.is_unknown(r.config.logs)

app_logs_perhaps(r) if lib.is_unknown(r.config.logs[_])

app_logs_perhaps(r) if lib.is_unknown(r.config.logs[_].http_logs[_])

# Queues: what the block says. Where there is none, a diagnostic setting may log them.
queue_logging contains {"subject": r.id, "name": r.name, "logging": logging, "path": ["queue_properties", i, "logging", j]} if {
	r := input.terraform.azurerm_storage_account[_]
	logging := r.config.queue_properties[i].logging[j]
}

queue_logging contains {"subject": r.id, "name": r.name, "logging": logging, "path": ["logging", i]} if {
	r := input.terraform.azurerm_storage_account_queue_properties[_]
	logging := r.config.logging[i]
}

applies contains item.subject if some item in queue_logging

deny contains {"subject": item.subject, "path": array.concat(item.path, [key]), "msg": msg} if {
	some item in queue_logging
	some key in ["delete", "read", "write"]
	lib.falsy(item.logging[key])
	msg := sprintf("the queues of `%s` do not log every %s; set %s = true", [item.name, key, key])
}
