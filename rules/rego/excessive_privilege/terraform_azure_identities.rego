# METADATA
# title: Identities of an Azure cluster or tenant have every right
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_kubernetes_cluster, azuread_directory_role_assignment, azuread_directory_role_member, azuread_app_role_assignment]}
package paylint.rules.excessive_privilege.terraform_azure_identities

import data.paylint.lib

# A cluster without roles: whoever has its credentials is its administrator. On where nothing is written; the block is
# that until version 2 of the provider.
switches contains {"r": r, "path": ["role_based_access_control_enabled"], "value": r.config.role_based_access_control_enabled} if {
	r := input.terraform.azurerm_kubernetes_cluster[_]
	lib.present(r.config, "role_based_access_control_enabled")
}

switches contains {"r": r, "path": ["role_based_access_control", i, "enabled"], "value": value} if {
	r := input.terraform.azurerm_kubernetes_cluster[_]
	value := r.config.role_based_access_control[i].enabled
}

applies contains item.r.id if some item in switches

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in switches
	lib.falsy(item.value)
	msg := sprintf("cluster `%s` knows no roles: everyone with credentials is its administrator; leave role-based access control on", [item.r.name])
}

unknown contains {"subject": item.r.id, "reason": "whether it knows roles is known only at apply"} if {
	some item in switches
	lib.is_unknown(item.value)
}

# Roles of the directory by which a program becomes master of the tenant, by name and by the id they have in all tenants.
masters := {
	"global administrator": "62e90394-69f5-4237-9190-012177145e10",
	"privileged role administrator": "e8611ab8-c189-46e8-94e1-60213ab1f814",
}

given contains {"r": r, "role": role} if {
	some type, key in {"azuread_directory_role_assignment": "role_id", "azuread_directory_role_member": "role_object_id"}
	r := input.terraform[type][_]
	found := input.terraform.azuread_directory_role[_]
	lib.refers(r, key, found)
	role := lower(lib.text(found.config.display_name))
}

given contains {"r": r, "role": role} if {
	r := input.terraform.azuread_directory_role_assignment[_]
	some role, id in masters
	lower(lib.text(r.config.role_id)) == id
}

applies contains item.r.id if some item in given

# A person may have to be; a program is whoever has its key.
for_program(r) if {
	some type in ["azuread_service_principal", "azurerm_user_assigned_identity", "data.azuread_service_principal"]
	some key in ["principal_object_id", "member_object_id"]
	lib.refers(r, key, input.terraform[type][_])
}

deny contains {"subject": item.r.id, "path": [], "msg": msg} if {
	some item in given
	masters[item.role]
	for_program(item.r)
	msg := sprintf("`%s` makes a program %s of the whole tenant; grant the one application permission it needs", [item.r.name, item.role])
}

# Permissions of Microsoft Graph with which an application can give itself every other.
escalating := {
	"9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8": "RoleManagement.ReadWrite.Directory",
	"06b708a9-e830-4db3-a914-8e69da51d44f": "AppRoleAssignment.ReadWrite.All",
}

applies contains r.id if r := input.terraform.azuread_app_role_assignment[_]

deny contains {"subject": r.id, "path": ["app_role_id"], "msg": msg} if {
	r := input.terraform.azuread_app_role_assignment[_]
	name := escalating[lower(lib.text(r.config.app_role_id))]
	msg := sprintf("with %s `%s` lets an application give itself every right in the tenant; grant the permission it needs", [name, r.name])
}
