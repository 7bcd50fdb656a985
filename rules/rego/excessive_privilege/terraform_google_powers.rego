# METADATA
# title: Something in Google Cloud may do more than its job asks for
# custom:
#   severity: medium
#   confidence: medium
#   applies_to:
#     terraform:
#       - data.google_iam_policy
#       - google_apikeys_key
#       - google_container_cluster
#       - google_container_node_pool
#       - google_folder_iam_binding
#       - google_folder_iam_member
#       - google_folder_iam_policy
#       - google_iam_workload_identity_pool_provider
#       - google_organization_iam_binding
#       - google_organization_iam_custom_role
#       - google_organization_iam_member
#       - google_organization_iam_policy
#       - google_project_iam_binding
#       - google_project_iam_custom_role
#       - google_project_iam_member
#       - google_project_iam_policy
#       - google_service_account_iam_binding
#       - google_service_account_iam_member
#       - google_sql_database_instance
package paylint.rules.excessive_privilege.terraform_google_powers

import data.paylint.blocks
import data.paylint.google
import data.paylint.lib

# --- roles ------------------------------------------------------------------------------------------------------------

# Whoever has one of these can give himself every other. For people that is a job; for a program it is none.
granting := {
	"roles/resourcemanager.projectIamAdmin",
	"roles/resourcemanager.folderAdmin",
	"roles/resourcemanager.folderIamAdmin",
	"roles/resourcemanager.organizationAdmin",
	"roles/iam.securityAdmin",
	"roles/iam.serviceAccountAdmin",
}

wide := {"google_project", "google_folder", "google_organization"}

programs contains grant if {
	some grant in google.grants
	grant.of in wide
	is_program(grant.member)
}

is_program(member) if regex.match(`^serviceAccount:`, lib.text(member))

is_program(member) if regex.match(`^serviceAccount:`, lib.text(member.text))

is_program(member) if regex.match(`^google_service_account\.`, lib.text(member.ref))

applies contains grant.subject if some grant in programs

deny contains {"subject": grant.subject, "path": grant.role_path, "msg": msg} if {
	some grant in programs
	lib.text(grant.role) in granting
	msg := sprintf("`%s` gives a service account %s, with which it can give itself every other role; grant the roles its job needs", [grant.name, grant.role])
}

custom_roles contains r if {
	some type in ["google_project_iam_custom_role", "google_organization_iam_custom_role"]
	r := input.terraform[type][_]
}

applies contains r.id if some r in custom_roles

deny contains {"subject": r.id, "path": ["permissions", i], "msg": msg} if {
	some r in custom_roles
	permission := lib.text(r.config.permissions[i])
	regex.match(`\*|^resourcemanager\.(?:projects|folders|organizations)\.setIamPolicy$`, permission)
	msg := sprintf("role `%s` holds %s, and so every permission there is; list what the job needs", [r.name, permission])
}

unknown contains {"subject": r.id, "reason": "its permissions are known only at apply"} if {
	some r in custom_roles
	lib.has_unknown(object.get(r.config, "permissions", []))
}

# --- who may act as a service account from outside --------------------------------------------------------------------

# Issuers that sign for everybody's pipelines.
shared_issuers := `(?i)token\.actions\.githubusercontent\.com|(?:^|/)gitlab\.com|app\.terraform\.io|agent\.buildkite\.com|oidc\.circleci\.com`

open_providers contains r if {
	r := input.terraform.google_iam_workload_identity_pool_provider[_]
	regex.match(shared_issuers, lib.text(r.config.oidc[_].issuer_uri))
	not lib.present(r.config, "attribute_condition")
}

from_everywhere(grant) if {
	some provider in open_providers
	not of_another_pool(provider, grant)
}

# The pools of both are written here, and they are two.
of_another_pool(provider, grant) if {
	pools := {pool.id | pool := input.terraform.google_iam_workload_identity_pool[_]; lib.refers(provider, "workload_identity_pool_id", pool)}
	named := {pool.id |
		pool := input.terraform.google_iam_workload_identity_pool[_]
		some path in [grant.path, [grant.path[0]]]
		lib.refers(grant.r, path, pool)
	}
	count(pools) > 0
	count(named) > 0
	count(pools & named) == 0
}

pooled contains grant if {
	some grant in google.grants
	grant.of == "google_service_account"
	regex.match(`^principalSet://`, spelled(grant.member))
}

spelled(member) := member if is_string(member)

spelled(member) := lib.text(member.text) if lib.is_unknown(member)

applies contains grant.subject if some grant in pooled

# The member is known only in part: the finding is at the role.
deny contains {"subject": grant.subject, "path": grant.role_path, "msg": msg, "severity": "high"} if {
	some grant in pooled
	endswith(spelled(grant.member), "/*")
	from_everywhere(grant)
	msg := sprintf("`%s` lets every pipeline of the pool's issuer, also other people's, act as the account; name the repository, or set attribute_condition on the provider", [grant.name])
}

# --- keys and databases -----------------------------------------------------------------------------------------------

applies contains r.id if r := input.terraform.google_apikeys_key[_]

deny contains {"subject": r.id, "path": ["restrictions", 0, "api_targets"], "msg": msg} if {
	r := input.terraform.google_apikeys_key[_]
	count(lib.as_array(object.get(r.config, ["restrictions", 0, "api_targets"], []))) == 0
	not hidden(r)
	msg := sprintf("API key `%s` is good for every API of the project; name those it is for in restrictions { api_targets }", [r.name])
}

unknown contains {"subject": r.id, "reason": "what it is restricted to is known only at apply"} if {
	r := input.terraform.google_apikeys_key[_]
	hidden(r)
}

hidden(r) if lib.is_unknown(r.config.restrictions[_])

reaching := {
	"cross db ownership chaining": "the owner of one database reaches the others",
	"external scripts enabled": "queries can run programs",
}

flags contains {"r": r, "name": flag.name, "value": object.get(flag, "value", null), "path": ["settings", i, "database_flags", j, "value"]} if {
	r := input.terraform.google_sql_database_instance[_]
	flag := r.config.settings[i].database_flags[j]
	lib.text(flag.name) in object.keys(reaching)
}

applies contains flag.r.id if some flag in flags

deny contains {"subject": flag.r.id, "path": flag.path, "msg": msg} if {
	some flag in flags
	blocks.spelled(flag.value) in {"on", "1", "true"}
	msg := sprintf("with the flag %s of `%s` %s; set it to \"off\"", [flag.name, flag.r.name, reaching[flag.name]])
}

# --- what pods can borrow from their node -----------------------------------------------------------------------------

borrowed := [
	{"shape": ["workload_metadata_config", "*", "mode"], "open": {"gce_metadata", "mode_unspecified"}, "good": "mode = \"GKE_METADATA\""},
	{"shape": ["workload_metadata_config", "*", "node_metadata"], "open": {"expose", "unspecified"}, "good": "node_metadata = \"GKE_METADATA_SERVER\""},
	{"shape": ["metadata", "disable-legacy-endpoints"], "open": {"false", "0"}, "good": "disable-legacy-endpoints = \"true\""},
]

places := [["node_config", "*"], ["node_pool", "*", "node_config", "*"]]

settings contains {"r": r, "path": found.path, "value": found.value, "item": item} if {
	some type in ["google_container_cluster", "google_container_node_pool"]
	r := input.terraform[type][_]
	some place in places
	some item in borrowed
	found := blocks.settings(r.config, array.concat(place, item.shape))[_]
	found.value != null
}

applies contains found.r.id if some found in settings

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in settings
	blocks.spelled(found.value) in found.item.open
	msg := sprintf("every pod on the nodes of `%s` can take the service account of its node; set %s", [found.r.name, found.item.good])
}

unknown contains {"subject": found.r.id, "reason": "what its pods can take from their node is known only at apply"} if {
	some found in settings
	lib.is_unknown(found.value)
}
