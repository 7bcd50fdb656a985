# METADATA
# title: A key of Azure Key Vault is never rotated
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_key_vault_key, azurerm_key_vault_managed_hardware_security_module_key]}
package paylint.rules.key_rotation_off.terraform_azure

import data.paylint.lib

applies contains r.id if {
	some type in ["azurerm_key_vault_key", "azurerm_key_vault_managed_hardware_security_module_key"]
	r := input.terraform[type][_]
}

# A key that expires has a period, whoever changes it at its end. What only apply knows is a date all the same.
ends(r) if lib.present(r.config, "expiration_date")

ends(r) if {
	policy := r.config.rotation_policy[_]
	lib.known(policy)
	lib.present(policy, "expire_after")
}

rotates(r) if count(lib.as_array(r.config.rotation_policy[_].automatic)) > 0

deny contains {"subject": r.id, "path": ["rotation_policy"], "msg": msg} if {
	r := input.terraform.azurerm_key_vault_key[_]
	not ends(r)
	not rotates(r)
	not undecided(r)
	msg := sprintf("key `%s` is never rotated and never expires; add rotation_policy with automatic, or expiration_date", [r.name])
}

undecided(r) if lib.is_unknown(r.config.rotation_policy)

undecided(r) if lib.is_unknown(r.config.rotation_policy[_])

undecided(r) if lib.is_unknown(r.config.rotation_policy[_].automatic)

unknown contains {"subject": r.id, "reason": "its rotation is known only at apply"} if {
	r := input.terraform.azurerm_key_vault_key[_]
	not ends(r)
	undecided(r)
}

# Keys of a managed module have a policy beside them.
has_policy(r) if {
	other := input.terraform.azurerm_key_vault_managed_hardware_security_module_key_rotation_policy[_]
	lib.refers(other, "managed_hsm_key_id", r)
}

bare contains r if {
	r := input.terraform.azurerm_key_vault_managed_hardware_security_module_key[_]
	not ends(r)
	not has_policy(r)
}

deny contains {"subject": r.id, "path": ["expiration_date"], "msg": msg} if {
	some r in bare
	msg := sprintf("key `%s` is never rotated and never expires; add a rotation policy for it, or expiration_date", [r.name])
}
