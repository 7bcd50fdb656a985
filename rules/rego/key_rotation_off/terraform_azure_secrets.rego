# METADATA
# title: A secret in Azure Key Vault never expires
# custom:
#   severity: low
#   confidence: high
#   applies_to: {terraform: [azurerm_key_vault_secret]}
package paylint.rules.key_rotation_off.terraform_azure_secrets

import data.paylint.lib

applies contains r.id if r := input.terraform.azurerm_key_vault_secret[_]

deny contains {"subject": r.id, "path": ["expiration_date"], "msg": msg} if {
	r := input.terraform.azurerm_key_vault_secret[_]
	not lib.present(r.config, "expiration_date")
	msg := sprintf("secret `%s` never expires, so nothing asks for its rotation; set expiration_date", [r.name])
}
