# METADATA
# title: Audit logs in an Azure storage account can be changed or deleted
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - azurerm_storage_account
#       - azurerm_storage_container_immutability_policy
#   reads: [[locked], [immutability_policy, state]]
package paylint.rules.audit_log_integrity.terraform_azure

import data.paylint.lib

# A policy that is not locked can be lifted by whoever administers the account.
applies contains r.id if r := input.terraform.azurerm_storage_container_immutability_policy[_]

deny contains {"subject": r.id, "path": ["locked"], "msg": msg} if {
	r := input.terraform.azurerm_storage_container_immutability_policy[_]
	not lib.truthy(object.get(r.config, "locked", false))
	msg := sprintf("policy `%s` can be lifted by an administrator; set locked = true once it is right", [r.name])
}

account_policies contains {"r": r, "policy": policy, "path": ["immutability_policy", i, "state"]} if {
	r := input.terraform.azurerm_storage_account[_]
	policy := r.config.immutability_policy[i]
	is_object(policy)
	lib.known(policy)
}

applies contains item.r.id if some item in account_policies

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in account_policies
	lower(lib.text(item.policy.state)) in {"unlocked", "disabled"}
	msg := sprintf("the immutability of `%s` can be lifted by an administrator; set state = \"Locked\" once it is right", [item.r.name])
}

# Accounts that logs are written to: type -> the argument that names the account.
writers := {
	"azurerm_monitor_diagnostic_setting": "storage_account_id",
	"azurerm_monitor_log_profile": "storage_account_id",
	"azurerm_network_watcher_flow_log": "storage_account_id",
	"azurerm_log_analytics_data_export_rule": "destination_resource_id",
	"azurerm_mssql_server_extended_auditing_policy": "storage_endpoint",
	"azurerm_mssql_database_extended_auditing_policy": "storage_endpoint",
}

log_accounts contains account if {
	account := input.terraform.azurerm_storage_account[_]
	some type, key in writers
	lib.refers(input.terraform[type][_], key, account)
}

applies contains account.id if some account in log_accounts

# Versions let an overwritten log be found again.
kept(account) if account.config.immutability_policy[_]

kept(account) if lib.truthy(account.config.blob_properties[_].versioning_enabled)

# Which container a policy is for is rarely written where this could see it.
kept(_) if input.terraform.azurerm_storage_container_immutability_policy[_]

kept_perhaps(account) if lib.has_unknown(object.get(account.config, "blob_properties", []))

deny contains {"subject": account.id, "path": ["immutability_policy"], "msg": msg} if {
	some account in log_accounts
	not kept(account)
	not kept_perhaps(account)
	msg := sprintf("logs are written to `%s`, where whoever may write can change and delete them; add a locked immutability policy for the time they are kept", [account.name])
}

unknown contains {"subject": account.id, "reason": "whether it keeps versions is known only at apply"} if {
	some account in log_accounts
	not kept(account)
	kept_perhaps(account)
}
