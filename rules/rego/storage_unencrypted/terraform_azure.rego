# METADATA
# title: Azure storage that can hold account data is not encrypted at rest
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - azurerm_mssql_database
#       - azurerm_data_lake_store
#       - azurerm_managed_disk
#       - azurerm_mssql_virtual_machine
#       - azurerm_app_service_environment_v3
#       - azurerm_kusto_cluster
#       - azurerm_synapse_sql_pool
#       - azurerm_automation_variable_string
#       - azurerm_automation_variable_int
#       - azurerm_automation_variable_bool
#       - azurerm_automation_variable_datetime
#       - azurerm_automation_variable_object
#   reads:
#     - [transparent_data_encryption_enabled]
#     - [encryption_state]
#     - [disk_encryption_enabled]
#     - [enable_disk_encryption]
#     - [data_encrypted]
#     - [auto_backup, encryption_enabled]
#     - [cluster_setting, value]
#     - [encrypted]
package paylint.rules.storage_unencrypted.terraform_azure

import data.paylint.lib

# Storage accounts, managed disks, Cosmos DB and the open-source databases are always encrypted by the platform: what can
# be set there is a second layer, or whose key it is.

# Encrypted unless somebody says no.
applies contains r.id if {
	some type in ["azurerm_mssql_database", "azurerm_data_lake_store"]
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["transparent_data_encryption_enabled"], "msg": msg} if {
	r := input.terraform.azurerm_mssql_database[_]
	lib.falsy(r.config.transparent_data_encryption_enabled)
	msg := sprintf("database `%s` is not encrypted at rest; leave transparent_data_encryption_enabled on", [r.name])
}

deny contains {"subject": r.id, "path": ["encryption_state"], "msg": msg} if {
	r := input.terraform.azurerm_data_lake_store[_]
	lower(lib.text(r.config.encryption_state)) == "disabled"
	msg := sprintf("data lake `%s` is not encrypted at rest; leave encryption_state = \"Enabled\"", [r.name])
}

# Disk encryption inside of the machine, switched off by name.
applies contains r.id if {
	r := input.terraform.azurerm_managed_disk[_]
	lib.present(r.config.encryption_settings[_], "enabled")
}

deny contains {"subject": r.id, "path": ["encryption_settings", i, "enabled"], "msg": msg} if {
	r := input.terraform.azurerm_managed_disk[_]
	lib.falsy(r.config.encryption_settings[i].enabled)
	msg := sprintf("disk encryption of `%s` is switched off; take the block out, or name a key in it", [r.name])
}

# Backups of SQL Server on a machine of one's own.
applies contains r.id if {
	r := input.terraform.azurerm_mssql_virtual_machine[_]
	lib.present(r.config.auto_backup[_], "encryption_enabled")
}

deny contains {"subject": r.id, "path": ["auto_backup", i, "encryption_enabled"], "msg": msg} if {
	r := input.terraform.azurerm_mssql_virtual_machine[_]
	lib.falsy(r.config.auto_backup[i].encryption_enabled)
	msg := sprintf("backups of `%s` are not encrypted; set encryption_enabled = true", [r.name])
}

# What the machines of an App Service environment write to their own disks.
applies contains r.id if {
	r := input.terraform.azurerm_app_service_environment_v3[_]
	r.config.cluster_setting[_].name == "InternalEncryption"
}

deny contains {"subject": r.id, "path": ["cluster_setting", i, "value"], "msg": msg} if {
	r := input.terraform.azurerm_app_service_environment_v3[_]
	setting := r.config.cluster_setting[i]
	setting.name == "InternalEncryption"
	lib.falsy(setting.value)
	msg := sprintf("page files and worker disks of `%s` are not encrypted; set InternalEncryption to \"true\"", [r.name])
}

# Off unless one of these says true. The second name is that until version 3 of the provider.
switches := {
	"azurerm_kusto_cluster": ["disk_encryption_enabled", "enable_disk_encryption"],
	"azurerm_synapse_sql_pool": ["data_encrypted"],
	"azurerm_automation_variable_string": ["encrypted"],
	"azurerm_automation_variable_int": ["encrypted"],
	"azurerm_automation_variable_bool": ["encrypted"],
	"azurerm_automation_variable_datetime": ["encrypted"],
	"azurerm_automation_variable_object": ["encrypted"],
}

applies contains r.id if {
	some type, _ in switches
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, keys in switches
	r := input.terraform[type][_]
	key := written(r, keys)
	not lib.truthy(r.config[key])
	msg := sprintf("%s `%s` is not encrypted at rest; set %s = true", [type, r.name, key])
}

# The name that is used, or the first where none is.
written(r, keys) := found[0] if {
	found := [key | some key in keys; lib.present(r.config, key)]
	count(found) > 0
} else := keys[0]
