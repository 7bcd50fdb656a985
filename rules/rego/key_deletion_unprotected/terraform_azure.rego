# METADATA
# title: A key vault of Azure can be purged
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_key_vault, azurerm_key_vault_managed_hardware_security_module]}
#   reads: [[purge_protection_enabled], [soft_delete_enabled]]
package paylint.rules.key_deletion_unprotected.terraform_azure

import data.paylint.lib

vaults := ["azurerm_key_vault", "azurerm_key_vault_managed_hardware_security_module"]

applies contains r.id if {
	some type in vaults
	r := input.terraform[type][_]
}

# Off is the default.
deny contains {"subject": r.id, "path": ["purge_protection_enabled"], "msg": msg} if {
	some type in vaults
	r := input.terraform[type][_]
	not lib.truthy(r.config.purge_protection_enabled)
	msg := sprintf("the keys of `%s` can be deleted for good at once; set purge_protection_enabled = true", [r.name])
}

# Until version 2 of the provider that could be switched off, too.
deny contains {"subject": r.id, "path": ["soft_delete_enabled"], "msg": msg} if {
	r := input.terraform.azurerm_key_vault[_]
	lib.falsy(r.config.soft_delete_enabled)
	msg := sprintf("what is deleted in `%s` is gone at once; leave soft_delete_enabled on", [r.name])
}
