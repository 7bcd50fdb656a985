# METADATA
# title: A secret stands in the script that a machine of Azure or Google starts with
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - azurerm_linux_virtual_machine
#       - azurerm_linux_virtual_machine_scale_set
#       - azurerm_orchestrated_virtual_machine_scale_set
#       - azurerm_virtual_machine
#       - azurerm_virtual_machine_scale_set
#       - azurerm_windows_virtual_machine
#       - azurerm_windows_virtual_machine_scale_set
#       - google_compute_instance
#       - google_compute_instance_from_machine_image
#       - google_compute_instance_from_template
#       - google_compute_instance_template
#       - google_compute_project_metadata
#       - google_compute_region_instance_template
package paylint.rules.plaintext_secret.terraform_start_script

import data.paylint.blocks
import data.paylint.lib
import data.paylint.scripts

at_the_top := [["custom_data"], ["user_data"]]

in_a_profile := [["os_profile", "*", "custom_data"]]

in_metadata := array.concat([["metadata_startup_script"]], [["metadata", key] |
	some key in [
		"startup-script", "shutdown-script", "user-data",
		"windows-startup-script-ps1", "windows-startup-script-cmd", "windows-startup-script-bat",
		"windows-shutdown-script-ps1", "windows-shutdown-script-cmd", "windows-shutdown-script-bat",
		"sysprep-specialize-script-ps1", "sysprep-specialize-script-cmd", "sysprep-specialize-script-bat",
	]
])

places := {
	"azurerm_linux_virtual_machine": at_the_top,
	"azurerm_linux_virtual_machine_scale_set": at_the_top,
	"azurerm_windows_virtual_machine": at_the_top,
	"azurerm_windows_virtual_machine_scale_set": at_the_top,
	"azurerm_orchestrated_virtual_machine_scale_set": array.concat(in_a_profile, [["user_data_base64"]]),
	"azurerm_virtual_machine": in_a_profile,
	"azurerm_virtual_machine_scale_set": in_a_profile,
	"google_compute_instance": in_metadata,
	"google_compute_instance_from_machine_image": in_metadata,
	"google_compute_instance_from_template": in_metadata,
	"google_compute_instance_template": in_metadata,
	"google_compute_project_metadata": in_metadata,
	"google_compute_region_instance_template": in_metadata,
}

settings contains {"r": r, "path": found.path, "value": found.value} if {
	some type, shapes in places
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
}

# One script: {r, path, text}; what only apply knows of it is missing in its text, and is reported at the header.
start_scripts contains {"r": found.r, "path": found.path, "text": scripts.script(found.value)} if {
	some found in settings
	is_string(found.value)
}

start_scripts contains {"r": found.r, "path": [], "text": found.value.text} if {
	some found in settings
	is_string(found.value.text)
}

applies contains found.r.id if some found in start_scripts

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in start_scripts
	names := scripts.secrets(found.text)
	count(names) > 0
	msg := sprintf("the start script of `%s` has the value of %s in it, for whoever may look at the machine; fetch it from a secret store when it starts", [found.r.name, concat(", ", sort(names))])
}

unknown contains {"subject": found.r.id, "reason": "its start script is known only at apply"} if {
	some found in settings
	lib.is_unknown(found.value)
	not is_string(found.value.text)
}
