# METADATA
# title: A GKE cluster does not enforce network policies
# custom:
#   confidence: high
#   applies_to: {terraform: [google_container_cluster]}
#   reads: [[network_policy], [network_policy, "*"], [network_policy, "*", enabled], [datapath_provider], [enable_autopilot]]
package paylint.rules.cluster_network_policy_off.terraform_google

import data.paylint.lib

# Autopilot clusters and Dataplane V2 always enforce them.
clusters contains r if {
	r := input.terraform.google_container_cluster[_]
	not lib.truthy(r.config.enable_autopilot)
	not r.config.datapath_provider == "ADVANCED_DATAPATH"
}

applies contains r.id if some r in clusters

deny contains {"subject": r.id, "path": ["network_policy", 0, "enabled"], "msg": msg} if {
	some r in clusters
	not lib.truthy(r.config.network_policy[0].enabled)
	msg := sprintf("cluster `%s` enforces no network policy: every pod reaches every other; set datapath_provider = \"ADVANCED_DATAPATH\"", [r.name])
}

deny contains {"subject": r.id, "path": ["addons_config", 0, "network_policy_config", 0, "disabled"], "msg": msg} if {
	some r in clusters
	lib.truthy(r.config.network_policy[0].enabled)
	lib.truthy(r.config.addons_config[0].network_policy_config[0].disabled)
	msg := sprintf("the add-on that enforces network policies in `%s` is switched off; set disabled = false", [r.name])
}
