# METADATA
# title: An Azure store is encrypted with the platform's key
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - azurerm_managed_disk
#       - azurerm_snapshot
#       - azurerm_linux_virtual_machine
#       - azurerm_windows_virtual_machine
#       - azurerm_kubernetes_cluster
#       - azurerm_storage_account
#       - azurerm_cosmosdb_account
#       - azurerm_mssql_server
#       - azurerm_mssql_managed_instance
#       - azurerm_postgresql_server
#       - azurerm_mysql_server
#       - azurerm_postgresql_flexible_server
#       - azurerm_mysql_flexible_server
#       - azurerm_synapse_workspace
#       - azurerm_kusto_cluster
#       - azurerm_data_factory
#       - azurerm_cognitive_account
#       - azurerm_machine_learning_workspace
#       - azurerm_databricks_workspace
#       - azurerm_log_analytics_cluster
#       - azurerm_healthcare_service
#       - azurerm_recovery_services_vault
package paylint.rules.customer_managed_key_missing.terraform_azure

import data.paylint.lib

# Where a key of one's own is named, by type: any of the paths. What can only be known at apply is a key all the same.
keys := {
	"azurerm_managed_disk": [["disk_encryption_set_id"], ["secure_vm_disk_encryption_set_id"], ["encryption_settings", 0, "disk_encryption_key"]],
	"azurerm_snapshot": [["disk_encryption_set_id"], ["encryption_settings", 0, "disk_encryption_key"]],
	"azurerm_linux_virtual_machine": [["os_disk", 0, "disk_encryption_set_id"], ["os_disk", 0, "secure_vm_disk_encryption_set_id"]],
	"azurerm_windows_virtual_machine": [["os_disk", 0, "disk_encryption_set_id"], ["os_disk", 0, "secure_vm_disk_encryption_set_id"]],
	"azurerm_kubernetes_cluster": [["disk_encryption_set_id"]],
	"azurerm_storage_account": [["customer_managed_key"]],
	"azurerm_cosmosdb_account": [["key_vault_key_id"], ["managed_hsm_key_id"]],
	"azurerm_mssql_server": [["transparent_data_encryption_key_vault_key_id"]],
	"azurerm_mssql_managed_instance": [],
	"azurerm_postgresql_server": [],
	"azurerm_mysql_server": [],
	"azurerm_postgresql_flexible_server": [["customer_managed_key"]],
	"azurerm_mysql_flexible_server": [["customer_managed_key"]],
	"azurerm_synapse_workspace": [["customer_managed_key"]],
	"azurerm_kusto_cluster": [],
	"azurerm_data_factory": [["customer_managed_key_id"]],
	"azurerm_cognitive_account": [["customer_managed_key"]],
	"azurerm_machine_learning_workspace": [["encryption"], ["key_vault_key_id"]],
	"azurerm_databricks_workspace": [["managed_services_cmk_key_vault_key_id"], ["managed_disk_cmk_key_vault_key_id"], ["customer_managed_key_enabled"]],
	"azurerm_log_analytics_cluster": [],
	"azurerm_healthcare_service": [["cosmosdb_key_vault_key_versionless_id"]],
	"azurerm_recovery_services_vault": [["encryption"]],
}

# Or in a resource beside the store: type -> its argument for the store.
beside := {
	"azurerm_storage_account_customer_managed_key": "storage_account_id",
	"azurerm_mssql_server_transparent_data_encryption": "server_id",
	"azurerm_sql_managed_instance_transparent_data_encryption": "managed_instance_id",
	"azurerm_mssql_managed_instance_transparent_data_encryption": "managed_instance_id",
	"azurerm_postgresql_server_key": "server_id",
	"azurerm_mysql_server_key": "server_id",
	"azurerm_synapse_workspace_key": "synapse_workspace_id",
	"azurerm_kusto_cluster_customer_managed_key": "cluster_id",
	"azurerm_log_analytics_cluster_customer_managed_key": "log_analytics_cluster_id",
	"azurerm_cognitive_account_customer_managed_key": "cognitive_account_id",
	"azurerm_databricks_workspace_root_dbfs_customer_managed_key": "workspace_id",
}

stores contains r if {
	some type, _ in keys
	r := input.terraform[type][_]
}

applies contains r.id if some r in stores

names_key(r) if {
	some path in keys[r.type]
	not object.get(r.config, path, null) in [null, "", false, []]
}

names_key(r) if {
	some type, argument in beside
	other := input.terraform[type][_]
	lib.refers(other, argument, r)
	not provided_key(other)
}

# A server's key may be the service's own.
provided_key(other) if {
	startswith(other.type, "azurerm_mssql_")
	not lib.present(other.config, "key_vault_key_id")
	not lib.present(other.config, "managed_hsm_key_id")
}

# A block that may hold the key.
undecided(r) if {
	some path in keys[r.type]
	lib.is_unknown(object.get(r.config, [path[0]], null))
}

undecided(r) if {
	some path in keys[r.type]
	lib.is_unknown(object.get(r.config, [path[0], 0], null))
}

unknown contains {"subject": r.id, "reason": "whether it names a key of its own is known only at apply"} if {
	some r in stores
	not names_key(r)
	undecided(r)
}

deny contains {"subject": r.id, "path": path_of(r), "msg": msg} if {
	some r in stores
	not names_key(r)
	not undecided(r)
	msg := sprintf("`%s` is encrypted with the platform's key, which nobody here can withdraw or audit; name a key of your own (%s)", [r.name, where(r)])
}

path_of(r) := keys[r.type][0] if {
	count(keys[r.type]) > 0
} else := []

where(r) := concat(".", [part | part := keys[r.type][0][_]; is_string(part)]) if {
	count(keys[r.type]) > 0
} else := "in the resource beside it"
