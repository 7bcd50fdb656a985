# METADATA
# title: The temporary disk and caches of an Azure machine are not encrypted
# custom:
#   severity: low
#   confidence: medium
#   applies_to:
#     terraform:
#       - azurerm_linux_virtual_machine
#       - azurerm_windows_virtual_machine
#       - azurerm_linux_virtual_machine_scale_set
#       - azurerm_windows_virtual_machine_scale_set
#       - azurerm_orchestrated_virtual_machine_scale_set
#       - azurerm_kubernetes_cluster
#       - azurerm_kubernetes_cluster_node_pool
#   reads: [[encryption_at_host_enabled], [host_encryption_enabled], [enable_host_encryption]]
package paylint.rules.storage_unencrypted.terraform_azure_hosts

import data.paylint.lib

# Managed disks are encrypted by the platform; what the host writes beside them is not, unless this is on.
machines := [
	"azurerm_linux_virtual_machine",
	"azurerm_windows_virtual_machine",
	"azurerm_linux_virtual_machine_scale_set",
	"azurerm_windows_virtual_machine_scale_set",
	"azurerm_orchestrated_virtual_machine_scale_set",
]

applies contains r.id if {
	some type in machines
	r := input.terraform[type][_]
}

# The guest may encrypt its own disks instead.
encrypted_inside(r) if {
	some type in ["azurerm_virtual_machine_extension", "azurerm_virtual_machine_scale_set_extension"]
	extension := input.terraform[type][_]
	startswith(lower(lib.text(extension.config.type)), "azurediskencryption")
	some key in ["virtual_machine_id", "virtual_machine_scale_set_id"]
	lib.refers(extension, key, r)
}

deny contains {"subject": r.id, "path": ["encryption_at_host_enabled"], "msg": msg} if {
	some type in machines
	r := input.terraform[type][_]
	not lib.truthy(r.config.encryption_at_host_enabled)
	not encrypted_inside(r)
	msg := sprintf("the temporary disk and the caches of `%s` are not encrypted; set encryption_at_host_enabled = true", [r.name])
}

# The first name is that since version 4 of the provider.
node_keys := ["host_encryption_enabled", "enable_host_encryption"]

pools contains {"subject": r.id, "name": r.name, "pool": r.config, "path": []} if r := input.terraform.azurerm_kubernetes_cluster_node_pool[_]

pools contains {"subject": r.id, "name": r.name, "pool": pool, "path": ["default_node_pool", i]} if {
	r := input.terraform.azurerm_kubernetes_cluster[_]
	pool := r.config.default_node_pool[i]
	is_object(pool)
}

applies contains item.subject if some item in pools

deny contains {"subject": item.subject, "path": array.concat(item.path, [key]), "msg": msg} if {
	some item in pools
	some key in node_keys
	lib.falsy(item.pool[key])
	msg := sprintf("the temporary disks and caches of the nodes of `%s` are not encrypted; set %s = true", [item.name, key])
}
