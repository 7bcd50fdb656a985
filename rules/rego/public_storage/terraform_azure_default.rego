# METADATA
# title: Containers of an Azure storage account may be opened to everyone
# custom:
#   severity: low
#   confidence: low
#   applies_to:
#     terraform: [azurerm_storage_account]
#   reads:
#     - [allow_nested_items_to_be_public]
#     - [allow_blob_public_access]
#     - [public_network_access_enabled]
#     - [network_rules, "*", default_action]
package paylint.rules.public_storage.terraform_azure_default

import data.paylint.azure
import data.paylint.lib

# Where nothing is written, the provider asks for true. It takes a public container to do harm: a hint only.
applies contains r.id if {
	r := input.terraform.azurerm_storage_account[_]
	not azure.unreachable(r)
}

deny contains {"subject": r.id, "path": ["allow_nested_items_to_be_public"], "msg": msg} if {
	r := input.terraform.azurerm_storage_account[_]
	r.id in applies
	not azure.unreachable_perhaps(r)
	not lib.present(r.config, "allow_nested_items_to_be_public")
	not lib.present(r.config, "allow_blob_public_access")
	msg := sprintf("without allow_nested_items_to_be_public containers of `%s` may be opened to everyone; set it to false", [r.name])
}
