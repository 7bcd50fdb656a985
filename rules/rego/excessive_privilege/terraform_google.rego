# METADATA
# title: A Google Cloud role grants everything, or a machine carries one that does
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - data.google_iam_policy
#       - google_compute_instance
#       - google_compute_instance_template
#       - google_compute_region_instance_template
#       - google_compute_instance_from_template
#       - google_container_cluster
#       - google_container_node_pool
#       - google_project_iam_member
#       - google_project_iam_binding
#       - google_project_iam_policy
#       - google_folder_iam_member
#       - google_folder_iam_binding
#       - google_folder_iam_policy
#       - google_organization_iam_member
#       - google_organization_iam_binding
#       - google_organization_iam_policy
#       - google_service_account_iam_member
#       - google_service_account_iam_binding
#       - google_service_account_iam_policy
#       - google_billing_account_iam_member
#       - google_billing_account_iam_binding
#       - google_billing_account_iam_policy
package paylint.rules.excessive_privilege.terraform_google

import data.paylint.google
import data.paylint.lib

wide := {"google_project", "google_folder", "google_organization"}

# Whoever is granted something here must be somebody: acting as a service account is having its rights.
closed := wide | {"google_service_account", "google_billing_account"}

basic := {"roles/owner", "roles/editor"}

# Whoever may act as every service account of a project has the rights of all of them.
impersonating := {
	"roles/iam.serviceAccountUser",
	"roles/iam.serviceAccountTokenCreator",
	"roles/iam.serviceAccountKeyAdmin",
	"roles/iam.workloadIdentityUser",
}

applies contains holder.r.id if {
	some holder in google.holders
	holder.of in closed
	google.judged(holder)
}

deny contains {"subject": grant.subject, "path": grant.role_path, "msg": msg} if {
	some grant in google.grants
	grant.of in wide
	grant.role in basic
	not googles_own(grant.member)
	msg := sprintf("`%s` grants %s, which covers nearly every service; grant the roles the job needs", [grant.name, grant.role])
}

# The agent with which Google runs groups of machines must be an editor.
googles_own(member) if endswith(lib.text(member), "@cloudservices.gserviceaccount.com")

googles_own(member) if endswith(lib.text(member.text), "@cloudservices.gserviceaccount.com")

deny contains {"subject": grant.subject, "path": grant.role_path, "msg": msg, "confidence": "medium"} if {
	some grant in google.grants
	grant.of in wide
	grant.role in impersonating
	msg := sprintf("`%s` grants %s for every service account there is; grant it on the one that is needed", [grant.name, grant.role])
}

deny contains {"subject": grant.subject, "path": grant.path, "msg": msg} if {
	some grant in google.grants
	grant.of in closed
	google.everyone(grant.member)
	msg := sprintf("`%s` gives %v to %s: that is anybody on the internet; name the accounts that need it", [grant.name, grant.role, grant.member])
}

unknown contains {"subject": holder.r.id, "reason": "its role is known only at apply"} if {
	some holder in google.holders
	holder.of in wide
	lib.is_unknown(holder.r.config.role)
}

unknown contains {"subject": holder.r.id, "reason": "its role is known only at apply"} if {
	some holder in google.holders
	holder.of in wide
	lib.is_unknown(holder.r.config.binding[_].role)
}

unknown contains {"subject": item.subject, "reason": item.reason} if {
	some item in google.unresolved
	item.of in closed
}

# --- machines ---------------------------------------------------------------------------------------------------------

instances := ["google_compute_instance", "google_compute_instance_template", "google_compute_region_instance_template", "google_compute_instance_from_template"]

# identities: {r, account, scopes, scopes_path}; a machine without the block has no account.
identities contains entry if {
	some type in instances
	r := input.terraform[type][_]
	block := r.config.service_account[i]
	is_object(block)
	entry := {"r": r, "account": object.get(block, "email", ""), "scopes": block.scopes, "path": ["service_account", i, "scopes"]}
}

node_configs contains entry if {
	some type in ["google_container_cluster", "google_container_node_pool"]
	r := input.terraform[type][_]
	is_object(r.config.node_config[i])
	entry := {"r": r, "block": r.config.node_config[i], "path": ["node_config", i]}
}

node_configs contains entry if {
	r := input.terraform.google_container_cluster[_]
	is_object(r.config.node_pool[i].node_config[j])
	entry := {"r": r, "block": r.config.node_pool[i].node_config[j], "path": ["node_pool", i, "node_config", j]}
}

node_configs contains {"r": r, "block": block, "path": path} if {
	r := input.terraform.google_container_cluster[_]
	block := r.config.cluster_autoscaling[i].auto_provisioning_defaults[j]
	path := ["cluster_autoscaling", i, "auto_provisioning_defaults", j]
}

identities contains entry if {
	some item in node_configs
	entry := {"r": item.r, "account": object.get(item.block, "service_account", ""), "scopes": item.block.oauth_scopes, "path": array.concat(item.path, ["oauth_scopes"])}
}

applies contains item.r.id if some item in identities

# Google's default accounts are editors of the project unless somebody took that away; what is left is the scope.
deny contains {"subject": item.r.id, "path": array.concat(item.path, [i]), "msg": msg, "confidence": "medium"} if {
	some item in identities
	default_account(item)
	lib.text(item.scopes[i]) in {"cloud-platform", "https://www.googleapis.com/auth/cloud-platform"}
	msg := sprintf("`%s` runs as the project's default service account with the scope of every API; give it an account of its own", [item.r.name])
}

default_account(item) if item.account in {"", "default"}

default_account(item) if regex.match(`-compute@developer\.gserviceaccount\.com$`, lib.text(item.account))

default_account(item) if regex.match(`^data\.google_compute_default_service_account\.`, lib.text(item.account.ref))

unknown contains {"subject": item.r.id, "reason": "its service account or scopes are known only at apply"} if {
	some item in identities
	lib.is_unknown(item.account)
	not google.somebody(item.account)
	not default_account(item)
}

unknown contains {"subject": item.r.id, "reason": "its service account or scopes are known only at apply"} if {
	some item in identities
	default_account(item)
	lib.has_unknown(item.scopes)
}

# Legacy authorization in a cluster gives every client of the API server the same wide rights.
applies contains r.id if {
	r := input.terraform.google_container_cluster[_]
	lib.present(r.config, "enable_legacy_abac")
}

deny contains {"subject": r.id, "path": ["enable_legacy_abac"], "msg": msg} if {
	r := input.terraform.google_container_cluster[_]
	lib.truthy(r.config.enable_legacy_abac)
	msg := sprintf("cluster `%s` uses legacy authorization, which gives wide rights whatever its roles say; leave enable_legacy_abac = false", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether it uses legacy authorization is known only at apply"} if {
	r := input.terraform.google_container_cluster[_]
	lib.is_unknown(r.config.enable_legacy_abac)
}
