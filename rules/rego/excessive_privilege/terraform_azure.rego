# METADATA
# title: An Azure role grants everything in a subscription
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_role_definition, azurerm_role_assignment]}
package paylint.rules.excessive_privilege.terraform_azure

import data.paylint.lib

# A scope is mostly a reference; then `ref` says to what, and `text` what is known of it.
wide(scope) if regex.match(subscription_or_above, lib.text(scope))

wide(scope) if regex.match(subscription_or_above, lib.text(scope.text))

wide(scope) if {
	scope.attr == "id"
	regex.match(`^(?:data\.)?azurerm_(?:subscription|management_group)\.`, lib.text(scope.ref))
}

subscription_or_above := `(?i)^(?:/|/subscriptions/[^/]+/?|/providers/microsoft\.management/managementgroups/[^/]+/?)$`

undecided(scope) if {
	lib.is_unknown(scope)
	not wide(scope)
	not lib.present(scope, "ref")
	not regex.match(`(?i)/resourcegroups/`, object.get(scope, "text", ""))
}

applies contains r.id if {
	some type in ["azurerm_role_definition", "azurerm_role_assignment"]
	r := input.terraform[type][_]
}

# Roles of one's own: assignable where `assignable_scopes` say, or else at `scope`.
scopes(r) := array.concat(
	lib.as_array(object.get(r.config, "scope", [])),
	lib.as_array(object.get(r.config, "assignable_scopes", [])),
)

grants contains {"role": r, "path": ["permissions", i, key, j]} if {
	r := input.terraform.azurerm_role_definition[_]
	some key in ["actions", "data_actions"]
	r.config.permissions[i][key][j] in {"*", "*/*"}
}

deny contains {"subject": grant.role.id, "path": grant.path, "msg": msg} if {
	some grant in grants
	wide(scopes(grant.role)[_])
	msg := sprintf("role `%s` allows every action in a whole subscription; list the actions it needs", [grant.role.name])
}

unknown contains {"subject": grant.role.id, "reason": "where the role may be assigned is known only at apply"} if {
	some grant in grants
	undecided(scopes(grant.role)[_])
}

unknown contains {"subject": r.id, "reason": "its permissions are known only at apply"} if {
	r := input.terraform.azurerm_role_definition[_]
	lib.has_unknown(r.config.permissions)
}

# Owner: by name, or by the id it has in every tenant.
owner_id := `(?i)/roledefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635$`

owners contains {"role": r, "path": ["role_definition_name"]} if {
	r := input.terraform.azurerm_role_assignment[_]
	r.config.role_definition_name == "Owner"
}

owners contains {"role": r, "path": ["role_definition_id"]} if {
	r := input.terraform.azurerm_role_assignment[_]
	regex.match(owner_id, lib.text(r.config.role_definition_id))
}

# Of "${data.azurerm_subscription.x.id}/providers/...": the argument is unknown, what it names is not.
owners contains {"role": r, "path": ["role_definition_name"]} if {
	r := input.terraform.azurerm_role_assignment[_]
	regex.match(owner_id, lib.text(r.config.role_definition_id.text))
}

# By what a data source has looked up.
owners contains {"role": r, "path": ["role_definition_name"]} if {
	r := input.terraform.azurerm_role_assignment[_]
	found := input.terraform["data.azurerm_role_definition"][_]
	found.config.name == "Owner"
	lib.refers(r, "role_definition_id", found)
}

deny contains {"subject": owner.role.id, "path": owner.path, "msg": msg} if {
	some owner in owners
	wide(owner.role.config.scope)
	msg := sprintf("`%s` makes its holder owner of a whole subscription; grant a narrower role, or a resource group", [owner.role.name])
}

unknown contains {"subject": owner.role.id, "reason": "its scope is known only at apply"} if {
	some owner in owners
	undecided(owner.role.config.scope)
}

unknown contains {"subject": r.id, "reason": "its role is known only at apply"} if {
	r := input.terraform.azurerm_role_assignment[_]
	lib.is_unknown(r.config.role_definition_name)
}
