# METADATA
# title: A container of Azure Container Instances is privileged
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_container_group]}
#   reads: [[container, security, privilege_enabled]]
package paylint.rules.privileged_container.terraform_azure

import data.paylint.lib

applies contains r.id if r := input.terraform.azurerm_container_group[_]

deny contains {"subject": r.id, "path": [key, i, "security", j, "privilege_enabled"], "msg": msg} if {
	r := input.terraform.azurerm_container_group[_]
	some key in ["container", "init_container"]
	lib.truthy(r.config[key][i].security[j].privilege_enabled)
	msg := sprintf("a container of `%s` has every privilege of its host; leave privilege_enabled off", [r.name])
}
