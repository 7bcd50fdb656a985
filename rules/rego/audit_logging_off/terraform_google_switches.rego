# METADATA
# title: Somebody switched a log of Google Cloud off, or drops what it holds
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - google_compute_firewall
#       - google_compute_firewall_policy_rule
#       - google_compute_network_firewall_policy_rule
#       - google_compute_region_network_firewall_policy_rule
#       - google_compute_router_nat
#       - google_container_cluster
#       - google_data_fusion_instance
#       - google_dns_managed_zone
#       - google_dns_policy
#       - google_logging_billing_account_exclusion
#       - google_logging_billing_account_sink
#       - google_logging_folder_exclusion
#       - google_logging_folder_sink
#       - google_logging_organization_exclusion
#       - google_logging_organization_sink
#       - google_logging_project_exclusion
#       - google_logging_project_sink
#       - google_network_services_edge_cache_service
package paylint.rules.audit_logging_off.terraform_google_switches

import data.paylint.google
import data.paylint.lib

# What is off by default is said here only where somebody wrote it: {type: path}.
switches := {
	"google_compute_firewall": ["enable_logging"],
	"google_compute_firewall_policy_rule": ["enable_logging"],
	"google_compute_network_firewall_policy_rule": ["enable_logging"],
	"google_compute_region_network_firewall_policy_rule": ["enable_logging"],
	"google_container_cluster": ["enable_intranode_visibility"],
	"google_data_fusion_instance": ["enable_stackdriver_logging"],
	"google_compute_router_nat": ["log_config", 0, "enable"],
	"google_dns_managed_zone": ["cloud_logging_config", 0, "enable_logging"],
	"google_dns_policy": ["enable_logging"],
	"google_network_services_edge_cache_service": ["log_config", 0, "enable"],
}

unlogged(r) := sprintf("what pods of one node of `%s` say to each other is in no flow log", [r.name]) if {
	r.type == "google_container_cluster"
} else := sprintf("`%s` sends no log to Cloud Logging", [r.name]) if {
	r.type == "google_data_fusion_instance"
} else := sprintf("what passes `%s` is not logged", [r.name])

# What stays within a node, and what pipelines print, is the smallest part; one rule of a firewall is not all of it.
weight(r) := {"severity": "low"} if {
	r.type in {"google_container_cluster", "google_data_fusion_instance"}
} else := {"severity": "medium"} if {
	startswith(r.type, "google_compute_")
	contains(r.type, "firewall")
} else := {}

# A rule that hands on to the next one cannot log.
hands_on(r) if lower(lib.text(r.config.action)) == "goto_next"

switched contains {"r": r, "path": path, "value": value} if {
	some type, path in switches
	r := input.terraform[type][_]
	not hands_on(r)
	value := object.get(r.config, path, null)
	value != null
}

applies contains item.r.id if some item in switched

deny contains object.union({"subject": item.r.id, "path": item.path, "msg": msg}, weight(item.r)) if {
	some item in switched
	lib.falsy(item.value)
	msg := sprintf("%s; set %v = true", [unlogged(item.r), item.path[count(item.path) - 1]])
}

unknown contains {"subject": item.r.id, "reason": "whether it is logged is known only at apply"} if {
	some item in switched
	lib.is_unknown(item.value)
}

# --- where audit logs go ----------------------------------------------------------------------------------------------

applies contains r.id if {
	some type in google.sink_types
	r := input.terraform[type][_]
	lib.present(r.config, "disabled")
}

deny contains {"subject": r.id, "path": ["disabled"], "msg": msg} if {
	some type in google.sink_types
	r := input.terraform[type][_]
	lib.truthy(r.config.disabled)
	msg := sprintf("sink `%s` is switched off: its logs go nowhere; set disabled = false", [r.name])
}

exclusions contains {"r": r, "filter": object.get(r.config, "filter", ""), "path": ["filter"]} if {
	some type in ["google_logging_project_exclusion", "google_logging_folder_exclusion", "google_logging_organization_exclusion", "google_logging_billing_account_exclusion"]
	r := input.terraform[type][_]
	not lib.truthy(r.config.disabled)
	not lib.is_unknown(r.config.disabled)
}

exclusions contains {"r": r, "filter": object.get(exclusion, "filter", ""), "path": ["exclusions", i, "filter"]} if {
	some type in google.sink_types
	r := input.terraform[type][_]
	exclusion := r.config.exclusions[i]
	is_object(exclusion)
	not lib.truthy(exclusion.disabled)
}

applies contains item.r.id if some item in exclusions

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in exclusions
	filter := lib.text(item.filter)
	regex.match(`(?i)cloudaudit\.googleapis\.com`, filter)
	not regex.match(`(?i)\bnot\b|!=|!~|(?:^|\s)-`, filter)
	msg := sprintf("`%s` drops audit logs before they are kept; exclude other logs only", [item.r.name])
}

unknown contains {"subject": item.r.id, "reason": "what it drops is known only at apply"} if {
	some item in exclusions
	lib.is_unknown(item.filter)
}
