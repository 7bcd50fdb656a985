# METADATA
# title: A Google Cloud service or console answers every network
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - google_access_context_manager_access_level
#       - google_access_context_manager_access_levels
#       - google_access_context_manager_service_perimeter
#       - google_cloud_run_service
#       - google_cloud_run_v2_service
#       - google_cloudfunctions2_function
#       - google_cloudfunctions_function
#       - google_composer_environment
#       - google_compute_instance
#       - google_compute_instance_from_machine_image
#       - google_compute_instance_from_template
#       - google_compute_instance_template
#       - google_compute_project_metadata
#       - google_compute_project_metadata_item
#       - google_compute_region_instance_template
#       - google_looker_instance
#       - google_vertex_ai_index_endpoint
#       - google_workstations_workstation_cluster
package paylint.rules.public_service_endpoint.terraform_google

import data.paylint.blocks
import data.paylint.lib

yes := {"true", "1", "y", "yes"}

serial := {
	"shape": ["metadata", "serial-port-enable"], "open": yes, "severity": "medium",
	"what": "lets every address log in through the serial console, whatever its firewall says; leave serial-port-enable out",
}

# Who may call is checked all the same: that is why these are mild.
calls(shape, open, closed) := {
	"shape": shape, "open": {open}, "severity": "low",
	"what": sprintf("takes calls from every network; set %s where it is not meant for the public", [closed]),
}

# What is open only where somebody wrote it.
switches := {
	"google_compute_instance": serial,
	"google_compute_instance_from_machine_image": serial,
	"google_compute_instance_from_template": serial,
	"google_compute_instance_template": serial,
	"google_compute_region_instance_template": serial,
	"google_compute_project_metadata": serial,
	"google_cloudfunctions_function": calls(["ingress_settings"], "allow_all", "ALLOW_INTERNAL_AND_GCLB"),
	"google_cloudfunctions2_function": calls(["service_config", "*", "ingress_settings"], "allow_all", "ALLOW_INTERNAL_AND_GCLB"),
	"google_cloud_run_v2_service": calls(["ingress"], "ingress_traffic_all", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"),
	"google_cloud_run_service": calls(["metadata", "*", "annotations", "run.googleapis.com/ingress"], "all", "internal-and-cloud-load-balancing"),
	"google_composer_environment": {
		"shape": ["config", "*", "private_environment_config", "*", "enable_private_endpoint"], "open": {"false"}, "severity": "medium",
		"what": "has a cluster whose API server has a public address; set enable_private_endpoint = true",
	},
	"google_looker_instance": {
		"shape": ["public_ip_enabled"], "open": {"true"}, "severity": "medium",
		"what": "has a public address; set public_ip_enabled = false and private_ip_enabled = true",
	},
	"google_vertex_ai_index_endpoint": {
		"shape": ["public_endpoint_enabled"], "open": {"true"}, "severity": "medium",
		"what": "answers on a public endpoint; name a network, or set private_service_connect_config",
	},
	"google_workstations_workstation_cluster": {
		"shape": ["private_cluster_config", "*", "enable_private_endpoint"], "open": {"false"}, "severity": "medium",
		"what": "lets every network reach its workstations; set enable_private_endpoint = true",
	},
}

settings contains {"r": r, "path": found.path, "value": found.value, "switch": switch} if {
	some type, switch in switches
	r := input.terraform[type][_]
	found := blocks.settings(r.config, switch.shape)[_]
	found.value != null
}

applies contains found.r.id if some found in settings

deny contains {"subject": found.r.id, "path": found.path, "msg": msg, "severity": found.switch.severity} if {
	some found in settings
	blocks.spelled(found.value) in found.switch.open
	msg := sprintf("`%s` %s", [found.r.name, found.switch.what])
}

unknown contains {"subject": found.r.id, "reason": "whether every network is let in is known only at apply"} if {
	some found in settings
	lib.is_unknown(found.value)
}

items contains r if {
	r := input.terraform.google_compute_project_metadata_item[_]
	r.config.key == "serial-port-enable"
}

applies contains r.id if some r in items

deny contains {"subject": r.id, "path": ["value"], "msg": msg} if {
	some r in items
	blocks.spelled(r.config.value) in yes
	msg := sprintf("`%s` lets every address log in through the serial console of any machine; drop it", [r.name])
}

unknown contains {"subject": r.id, "reason": "its value is known only at apply"} if {
	some r in items
	lib.is_unknown(r.config.value)
}

# --- ranges -----------------------------------------------------------------------------------------------------------

ranges contains {"r": r, "cidr": found.value, "path": found.path} if {
	r := input.terraform.google_composer_environment[_]
	found := blocks.settings(r.config, ["config", "*", "web_server_network_access_control", "*", "allowed_ip_range", "*", "value"])[_]
}

# A condition that asks for something else too names somebody; one turned round keeps the networks out.
names_somebody(condition) if {
	some key in ["members", "regions", "device_policy", "required_access_levels", "vpc_network_sources"]
	lib.present(condition, key)
}

names_somebody(condition) if lib.truthy(condition.negate)

ranges contains {"r": r, "cidr": cidr, "path": ["access_levels", h, "basic", i, "conditions", j, "ip_subnetworks", k]} if {
	r := input.terraform.google_access_context_manager_access_levels[_]
	condition := r.config.access_levels[h].basic[i].conditions[j]
	cidr := condition.ip_subnetworks[k]
	not names_somebody(condition)
}

ranges contains {"r": r, "cidr": cidr, "path": ["basic", i, "conditions", j, "ip_subnetworks", k]} if {
	r := input.terraform.google_access_context_manager_access_level[_]
	condition := r.config.basic[i].conditions[j]
	cidr := condition.ip_subnetworks[k]
	not names_somebody(condition)
}

applies contains range.r.id if some range in ranges

deny contains {"subject": range.r.id, "path": range.path, "msg": msg} if {
	some range in ranges
	lib.cidr_is_wide(range.cidr)
	msg := sprintf("`%s` lets %s in (%s); name the networks that need it", [range.r.name, lib.the_internet(range.cidr), range.cidr])
}

unknown contains {"subject": range.r.id, "reason": "which networks it lets in is known only at apply"} if {
	some range in ranges
	lib.is_unknown(range.cidr)
}

# --- perimeters -------------------------------------------------------------------------------------------------------

entries contains {"r": r, "from": from, "path": ["status", i, "ingress_policies", j, "ingress_from", k, "identity_type"]} if {
	r := input.terraform.google_access_context_manager_service_perimeter[_]
	from := r.config.status[i].ingress_policies[j].ingress_from[k]
	is_object(from)
}

applies contains entry.r.id if some entry in entries

deny contains {"subject": entry.r.id, "path": entry.path, "msg": msg} if {
	some entry in entries
	entry.from.identity_type == "ANY_IDENTITY"
	entry.from.sources[_].access_level == "*"
	msg := sprintf("perimeter `%s` lets anybody in from every network; name the identities, or an access level", [entry.r.name])
}

unknown contains {"subject": entry.r.id, "reason": "whom it lets in is known only at apply"} if {
	some entry in entries
	lib.has_unknown([object.get(entry.from, key, null) | some key in ["identity_type", "sources"]])
}
