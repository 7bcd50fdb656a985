# METADATA
# title: Azure storage is open to everyone
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - azurerm_storage_account
#       - azurerm_storage_account_network_rules
#       - azurerm_storage_container
#       - azurerm_data_lake_store
#       - azurerm_data_lake_store_firewall_rule
#       - azurerm_container_registry
#       - azurerm_shared_image_gallery
#   reads:
#     - [allow_nested_items_to_be_public]
#     - [allow_blob_public_access]
#     - [network_rules, default_action]
#     - [default_action]
#     - [container_access_type]
#     - [firewall_state]
#     - [start_ip_address]
#     - [end_ip_address]
#     - [anonymous_pull_enabled]
#     - [sharing, permission]
package paylint.rules.public_storage.terraform_azure

import data.paylint.azure
import data.paylint.azure_fences
import data.paylint.lib

# The account: may its containers be opened to everyone? The older name is that of version 2 of the provider.
account_switches := ["allow_nested_items_to_be_public", "allow_blob_public_access"]

applies contains r.id if r := input.terraform.azurerm_storage_account[_]

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	r := input.terraform.azurerm_storage_account[_]
	some key in account_switches
	lib.truthy(r.config[key])
	not azure.unreachable(r)
	msg := sprintf("containers of `%s` may be opened to everyone; set %s = false", [r.name, key])
}

unknown contains {"subject": r.id, "reason": "whether its network is closed is known only at apply"} if {
	r := input.terraform.azurerm_storage_account[_]
	not forbids(r)
	not azure.unreachable(r)
	azure.unreachable_perhaps(r)
}

# The account's firewall.
deny contains {"subject": r.id, "path": ["network_rules", i, "default_action"], "msg": msg} if {
	r := input.terraform.azurerm_storage_account[_]
	lower(lib.text(r.config.network_rules[i].default_action)) == "allow"
	not lib.falsy(r.config.public_network_access_enabled)
	msg := sprintf("every network may reach `%s`; set default_action = \"Deny\" and name those that need it", [r.name])
}

applies contains r.id if r := input.terraform.azurerm_storage_account_network_rules[_]

deny contains {"subject": r.id, "path": ["default_action"], "msg": msg} if {
	r := input.terraform.azurerm_storage_account_network_rules[_]
	lower(lib.text(r.config.default_action)) == "allow"
	not account_closed(r)
	msg := "every network may reach the account; set default_action = \"Deny\" and name those that need it"
}

account_closed(r) if {
	account := input.terraform.azurerm_storage_account[_]
	azure.of_account(r, account)
	lib.falsy(account.config.public_network_access_enabled)
}

# Addresses that it lets in.
deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	r := input.terraform.azurerm_storage_account[_]
	not lib.falsy(r.config.public_network_access_enabled)
	found := azure_fences.open_ranges(r)[_]
	msg := sprintf("every network may reach `%s` (%s); name the addresses that need it", [r.name, found.range])
}

deny contains {"subject": r.id, "path": ["ip_rules", i], "msg": msg} if {
	r := input.terraform.azurerm_storage_account_network_rules[_]
	range := r.config.ip_rules[i]
	lib.cidr_is_open(range)
	not account_closed(r)
	msg := sprintf("every network may reach the account (%s); name the addresses that need it", [range])
}

# Containers: private where nothing is written. What the account forbids no container can allow.
applies contains r.id if r := input.terraform.azurerm_storage_container[_]

deny contains {"subject": r.id, "path": ["container_access_type"], "msg": msg} if {
	r := input.terraform.azurerm_storage_container[_]
	access := lower(lib.text(r.config.container_access_type))
	access in {"blob", "container"}
	not forbidden(r)
	msg := sprintf("everyone may read `%s` (%s); set container_access_type = \"private\"", [r.name, access])
}

forbidden(r) if {
	account := input.terraform.azurerm_storage_account[_]
	azure.of_account(r, account)
	forbids(account)
}

forbids(account) if {
	some key in account_switches
	lib.falsy(account.config[key])
}

# Data Lake Store of the first generation: its firewall is on where nothing is written.
applies contains r.id if {
	some type in ["azurerm_data_lake_store", "azurerm_data_lake_store_firewall_rule"]
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": ["firewall_state"], "msg": msg} if {
	r := input.terraform.azurerm_data_lake_store[_]
	lower(lib.text(r.config.firewall_state)) == "disabled"
	msg := sprintf("every network may reach `%s`; leave firewall_state = \"Enabled\"", [r.name])
}

deny contains {"subject": r.id, "path": ["end_ip_address"], "msg": msg} if {
	r := input.terraform.azurerm_data_lake_store_firewall_rule[_]
	first_number(r.config.end_ip_address) - first_number(r.config.start_ip_address) >= 127
	msg := sprintf("`%s` lets the whole internet in; name the addresses that need it", [r.name])
}

first_number(address) := lib.number(split(lib.text(address), ".")[0])

# Images.
applies contains r.id if r := input.terraform.azurerm_container_registry[_]

deny contains {"subject": r.id, "path": ["anonymous_pull_enabled"], "msg": msg} if {
	r := input.terraform.azurerm_container_registry[_]
	lib.truthy(r.config.anonymous_pull_enabled)
	msg := sprintf("everyone may pull images from `%s` without a login; leave anonymous_pull_enabled off", [r.name])
}

applies contains r.id if {
	r := input.terraform.azurerm_shared_image_gallery[_]
	lib.present(r.config, "sharing")
}

deny contains {"subject": r.id, "path": ["sharing", i, "permission"], "msg": msg} if {
	r := input.terraform.azurerm_shared_image_gallery[_]
	r.config.sharing[i].permission == "Community"
	msg := sprintf("every Azure customer may use the images of `%s`; share them with those you know", [r.name])
}
