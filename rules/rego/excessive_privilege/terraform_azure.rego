# METADATA
# title: An Azure role grants everything in a subscription
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_role_definition, azurerm_role_assignment, azurerm_pim_active_role_assignment]}
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
	some type in ["azurerm_role_definition", "azurerm_role_assignment", "azurerm_pim_active_role_assignment"]
	r := input.terraform[type][_]
}

# Roles of one's own: assignable where `assignable_scopes` say, or else at `scope`.
scopes(r) := array.concat(
	lib.as_array(object.get(r.config, "scope", [])),
	lib.as_array(object.get(r.config, "assignable_scopes", [])),
)

is_everything(_, action) if action in {"*", "*/*"}

# Who may assign roles may assign any to himself.
is_everything("actions", action) if lower(lib.text(action)) in {"microsoft.authorization/*", "microsoft.authorization/roleassignments/*", "microsoft.authorization/*/write", "microsoft.authorization/roleassignments/write"}

grants contains {"role": r, "path": ["permissions", i, key, j]} if {
	r := input.terraform.azurerm_role_definition[_]
	some key in ["actions", "data_actions"]
	is_everything(key, r.config.permissions[i][key][j])
}

deny contains {"subject": grant.role.id, "path": grant.path, "msg": msg} if {
	some grant in grants
	wide(scopes(grant.role)[_])
	msg := sprintf("role `%s` allows every action, or giving oneself any, in a whole subscription; list the actions it needs", [grant.role.name])
}

unknown contains {"subject": grant.role.id, "reason": "where the role may be assigned is known only at apply"} if {
	some grant in grants
	undecided(scopes(grant.role)[_])
}

unknown contains {"subject": r.id, "reason": "its permissions are known only at apply"} if {
	r := input.terraform.azurerm_role_definition[_]
	lib.has_unknown(r.config.permissions)
}

# Roles that are everything, or lead there: by name, and by the id they have in every tenant. Beside a subscription of
# many zeros, digits of the id may be masked.
roles := {
	"Owner": `(?i)/roledefinitions/[8*]e[3*]af[6*][5*][7*]-a[8*]ff-[4*][4*][3*]c-a[7*][5*]c-[2*]fe[8*]c[4*]bcb[6*][3*][5*]$`,
	"User Access Administrator": `(?i)/roledefinitions/[1*][8*]d[7*]d[8*][8*]d-d[3*][5*]e-[4*]fb[5*]-a[5*]c[3*]-[7*][7*][7*][3*]c[2*][0*]a[7*][2*]d[9*]$`,
	"Role Based Access Control Administrator": `(?i)/roledefinitions/f[5*][8*][3*][1*][0*]d[9*]-a[9*]f[6*]-[4*][3*][9*]a-[9*]e[8*]d-f[6*][2*]e[7*]b[4*][1*]a[1*][6*][8*]$`,
	"Contributor": `(?i)/roledefinitions/b[2*][4*][9*][8*][8*]ac-[6*][1*][8*][0*]-[4*][2*]a[0*]-ab[8*][8*]-[2*][0*]f[7*][3*][8*][2*]dd[2*][4*]c$`,
}

# Contributors may change and delete everything, but not let others in.
severity := {"Owner": "high", "User Access Administrator": "high", "Role Based Access Control Administrator": "high", "Contributor": "medium"}

what := {
	"Owner": "owner of",
	"User Access Administrator": "able to give itself every right in",
	"Role Based Access Control Administrator": "able to give itself every right in",
	"Contributor": "able to change and delete everything in",
}

assignments contains r if {
	some type in ["azurerm_role_assignment", "azurerm_pim_active_role_assignment"]
	r := input.terraform[type][_]
}

owners contains {"role": r, "name": name, "path": ["role_definition_name"]} if {
	some r in assignments
	some name, _ in roles
	r.config.role_definition_name == name
}

owners contains {"role": r, "name": name, "path": ["role_definition_id"]} if {
	some r in assignments
	some name, id in roles
	regex.match(id, lib.text(r.config.role_definition_id))
}

# Of "${data.azurerm_subscription.x.id}/providers/...": the argument is unknown, what it names is not.
owners contains {"role": r, "name": name, "path": ["role_definition_name"]} if {
	some r in assignments
	some name, id in roles
	regex.match(id, lib.text(r.config.role_definition_id.text))
}

# By what a data source has looked up.
owners contains {"role": r, "name": name, "path": ["role_definition_name"]} if {
	some r in assignments
	found := input.terraform["data.azurerm_role_definition"][_]
	some name, _ in roles
	found.config.name == name
	lib.refers(r, "role_definition_id", found)
}

# A condition on a role that assigns roles says which.
limited(owner) if {
	owner.name != "Contributor"
	lib.present(owner.role.config, "condition")
}

deny contains {"subject": owner.role.id, "path": owner.path, "msg": msg, "severity": severity[owner.name]} if {
	some owner in owners
	wide(owner.role.config.scope)
	not limited(owner)
	msg := sprintf("`%s` makes its holder %s a whole subscription; grant a narrower role, or a resource group", [owner.role.name, what[owner.name]])
}

unknown contains {"subject": owner.role.id, "reason": "its scope is known only at apply"} if {
	some owner in owners
	undecided(owner.role.config.scope)
}

unknown contains {"subject": r.id, "reason": "its role is known only at apply"} if {
	some r in assignments
	lib.is_unknown(r.config.role_definition_name)
}
