# What rules about Azure share: `import data.paylint.azure`.
#
# METADATA
# title: Helpers for paylint's rules about Azure
package paylint.azure

import data.paylint.lib

# of_account(r, account): `r` is part of that storage account.
of_account(r, account) if {
	some key in ["storage_account_id", "storage_account_name"]
	lib.refers(r, key, account)
}

# unreachable(account): no network may reach the storage account but those that are named.
unreachable(account) if lib.falsy(account.config.public_network_access_enabled)

unreachable(account) if account.config.network_rules[_].default_action == "Deny"

unreachable(account) if {
	rules := input.terraform.azurerm_storage_account_network_rules[_]
	of_account(rules, account)
	rules.config.default_action == "Deny"
}

# unreachable_perhaps(account): that is known only at apply.
unreachable_perhaps(account) if lib.is_unknown(account.config.public_network_access_enabled)

unreachable_perhaps(account) if lib.is_unknown(account.config.network_rules)

unreachable_perhaps(account) if lib.is_unknown(account.config.network_rules[_])

unreachable_perhaps(account) if lib.is_unknown(account.config.network_rules[_].default_action)
