# METADATA
# title: The nodes or workers of a Google Cloud service have public addresses
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - google_app_engine_flexible_app_version
#       - google_cloudbuild_worker_pool
#       - google_container_cluster
#       - google_container_node_pool
#       - google_data_fusion_instance
#       - google_dataflow_flex_template_job
#       - google_dataproc_workflow_template
#       - google_folder_organization_policy
#       - google_notebooks_runtime
#       - google_org_policy_policy
#       - google_organization_policy
#       - google_project_organization_policy
#       - google_workstations_workstation_config
package paylint.rules.public_ip_assigned.terraform_google_services

import data.paylint.blocks
import data.paylint.lib

# Where the setting is, what it says where addresses are public ("" is nothing written), and what to write.
services := {
	"google_app_engine_flexible_app_version": {"shape": ["network", "*", "instance_ip_mode"], "public": {"external"}, "good": "instance_ip_mode = \"INTERNAL\""},
	"google_cloudbuild_worker_pool": {"shape": ["worker_config", "*", "no_external_ip"], "public": {"", "false"}, "good": "no_external_ip = true"},
	"google_data_fusion_instance": {"shape": ["private_instance"], "public": {"", "false"}, "good": "private_instance = true"},
	"google_dataflow_flex_template_job": {"shape": ["ip_configuration"], "public": {"", "worker_ip_public", "worker_ip_unspecified"}, "good": "ip_configuration = \"WORKER_IP_PRIVATE\""},
	"google_dataproc_workflow_template": {
		"shape": ["placement", "*", "managed_cluster", "*", "config", "*", "gce_cluster_config", "*", "internal_ip_only"],
		"public": {"false"}, "good": "internal_ip_only = true",
	},
	"google_notebooks_runtime": {"shape": ["virtual_machine", "*", "virtual_machine_config", "*", "internal_ip_only"], "public": {"", "false"}, "good": "internal_ip_only = true"},
	"google_workstations_workstation_config": {"shape": ["host", "*", "gce_instance", "*", "disable_public_ip_addresses"], "public": {"", "false"}, "good": "disable_public_ip_addresses = true"},
	"google_container_node_pool": {"shape": ["network_config", "*", "enable_private_nodes"], "public": {"false"}, "good": "enable_private_nodes = true"},
}

applies contains r.id if {
	some type, service in services
	r := input.terraform[type][_]
	found := blocks.settings(r.config, service.shape)[_]
	judged(found.value, service.public)
}

judged(value, _) if value != null

judged(_, public) if "" in public

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, service in services
	r := input.terraform[type][_]
	found := blocks.bad(r.config, service.shape, service.public)[_]
	msg := sprintf("the machines of `%s` get public addresses; set %s", [r.name, service.good])
}

# --- clusters ---------------------------------------------------------------------------------------------------------

# Nodes have public addresses unless the cluster, or each pool, says otherwise.
clusters contains r if {
	r := input.terraform.google_container_cluster[_]
	not decided_by_pools(r)
}

decided_by_pools(r) if {
	lib.truthy(r.config.remove_default_node_pool)
	pools := [pool | pool := input.terraform.google_container_node_pool[_]; lib.refers(pool, "cluster", r)]
	count(pools) > 0
	every pool in pools {
		lib.present(pool.config.network_config[0], "enable_private_nodes")
	}
}

applies contains r.id if some r in clusters

switch := ["private_cluster_config", 0, "enable_private_nodes"]

deny contains {"subject": r.id, "path": switch, "msg": msg} if {
	some r in clusters
	not lib.truthy(object.get(r.config, switch, false))
	not hidden(r)
	msg := sprintf("the nodes of cluster `%s` get public addresses; set enable_private_nodes = true in private_cluster_config", [r.name])
}

hidden(r) if {
	some length in [1, 2, 3]
	lib.is_unknown(object.get(r.config, array.slice(switch, 0, length), null))
}

unknown contains {"subject": r.id, "reason": "whether its nodes are private is known only at apply"} if {
	some r in clusters
	hidden(r)
}

# --- policies of an organisation --------------------------------------------------------------------------------------

constraint := "compute.vmExternalIpAccess"

allowed contains {"r": r, "path": ["list_policy", i, "allow", j, "all"], "value": all} if {
	some type in ["google_organization_policy", "google_folder_organization_policy", "google_project_organization_policy"]
	r := input.terraform[type][_]
	endswith(lib.text(r.config.constraint), constraint)
	all := r.config.list_policy[i].allow[j].all
}

allowed contains {"r": r, "path": ["spec", i, "rules", j, "allow_all"], "value": object.get(rule, "allow_all", null)} if {
	r := input.terraform.google_org_policy_policy[_]
	endswith(lib.text(r.config.name), constraint)
	rule := r.config.spec[i].rules[j]
	not lib.present(rule, "condition")
}

applies contains found.r.id if some found in allowed

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in allowed
	lib.truthy(found.value)
	msg := sprintf("`%s` lets every machine have a public address; deny all, and name the few that need one", [found.r.name])
}
