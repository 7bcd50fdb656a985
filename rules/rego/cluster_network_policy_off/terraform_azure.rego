# METADATA
# title: An AKS cluster does not enforce network policies
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_kubernetes_cluster]}
#   reads: [[network_profile], [network_profile, "*"], [network_profile, "*", network_policy], [network_profile, "*", network_data_plane]]
package paylint.rules.cluster_network_policy_off.terraform_azure

import data.paylint.lib

applies contains r.id if r := input.terraform.azurerm_kubernetes_cluster[_]

# Whose network is brought along decides by itself.
enforced(r) if {
	profile := r.config.network_profile[_]
	lower(lib.text(profile.network_policy)) in {"azure", "calico", "cilium"}
}

enforced(r) if lower(lib.text(r.config.network_profile[_].network_data_plane)) == "cilium"

enforced(r) if lower(lib.text(r.config.network_profile[_].network_plugin)) == "none"

deny contains {"subject": r.id, "path": ["network_profile", 0, "network_policy"], "msg": msg} if {
	r := input.terraform.azurerm_kubernetes_cluster[_]
	not enforced(r)
	msg := sprintf("cluster `%s` enforces no network policy: every pod reaches every other; set network_policy in network_profile (cilium, azure or calico)", [r.name])
}
