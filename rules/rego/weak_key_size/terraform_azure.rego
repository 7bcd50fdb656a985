# METADATA
# title: Azure Key Vault makes an RSA key that is too short
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_key_vault_key, azurerm_key_vault_managed_hardware_security_module_key, azurerm_key_vault_certificate]}
#   reads: [[key_type], [key_size], [certificate_policy, key_properties, key_type], [certificate_policy, key_properties, key_size]]
package paylint.rules.weak_key_size.terraform_azure

import data.paylint.lib

# Key Vault's curves all have 256 bits or more, and an RSA key has no size by default.
is_rsa(kind) if startswith(upper(lib.text(kind)), "RSA")

keys contains {"subject": r.id, "name": r.name, "key": r.config, "path": []} if {
	some type in ["azurerm_key_vault_key", "azurerm_key_vault_managed_hardware_security_module_key"]
	r := input.terraform[type][_]
	is_rsa(r.config.key_type)
}

keys contains {"subject": r.id, "name": r.name, "key": key, "path": ["certificate_policy", i, "key_properties", j]} if {
	r := input.terraform.azurerm_key_vault_certificate[_]
	key := r.config.certificate_policy[i].key_properties[j]
	is_rsa(key.key_type)
}

applies contains item.subject if some item in keys

deny contains {"subject": item.subject, "path": array.concat(item.path, ["key_size"]), "msg": msg} if {
	some item in keys
	bits := lib.number(item.key.key_size)
	bits < data.settings.minimum_rsa_bits
	msg := sprintf("key `%s` has %v bits; make it %v or more", [item.name, bits, data.settings.minimum_rsa_bits])
}
