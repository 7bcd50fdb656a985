# METADATA
# title: The API server of a GKE cluster answers the whole internet
# custom: {confidence: medium, severity: high, applies_to: {terraform: [google_container_cluster]}}
package paylint.rules.public_database.terraform_google_gke

import data.paylint.lib

clusters contains r if {
	r := input.terraform.google_container_cluster[_]
	not private(r.config)
}

private(config) if lib.truthy(config.private_cluster_config[0].enable_private_endpoint)

# Reached by its name only, where Google checks who calls.
private(config) if lib.falsy(config.control_plane_endpoints_config[0].ip_endpoints_config[0].enabled)

applies contains r.id if r := input.terraform.google_container_cluster[_]

# Public is the default, and so is everybody. An empty block lets nobody in from outside.
deny contains {"subject": r.id, "path": ["master_authorized_networks_config"], "msg": msg} if {
	some r in clusters
	not lib.present(r.config, "master_authorized_networks_config")
	not hidden(r.config)
	msg := sprintf("the API server of `%s` can be reached from anywhere; set enable_private_endpoint, or name the ranges in master_authorized_networks_config", [r.name])
}

deny contains {"subject": r.id, "path": path, "msg": msg} if {
	some r in clusters
	range := r.config.master_authorized_networks_config[i].cidr_blocks[j].cidr_block
	lib.cidr_is_wide(range)
	not hidden(r.config)
	path := ["master_authorized_networks_config", i, "cidr_blocks", j, "cidr_block"]
	msg := sprintf("the API server of `%s` can be reached from anywhere (%s); name the ranges that need it", [r.name, range])
}

deny contains {"subject": r.id, "path": ["master_authorized_networks_config", i, "gcp_public_cidrs_access_enabled"], "msg": msg} if {
	some r in clusters
	lib.truthy(r.config.master_authorized_networks_config[i].gcp_public_cidrs_access_enabled)
	not hidden(r.config)
	msg := sprintf("the API server of `%s` can be reached from every machine anybody rents in Google Cloud; set gcp_public_cidrs_access_enabled = false", [r.name])
}

# Whether it is private at all is not known.
hidden(config) if lib.is_unknown(config.private_cluster_config[_])

hidden(config) if lib.is_unknown(config.private_cluster_config[_].enable_private_endpoint)

hidden(config) if lib.is_unknown(config.control_plane_endpoints_config[_])

hidden(config) if lib.is_unknown(config.control_plane_endpoints_config[_].ip_endpoints_config[_].enabled)

unknown contains {"subject": r.id, "reason": "whether its endpoint is private is known only at apply"} if {
	some r in clusters
	hidden(r.config)
}

unknown contains {"subject": r.id, "reason": "who may reach it is known only at apply"} if {
	some r in clusters
	some block in lib.as_array(object.get(r.config, "master_authorized_networks_config", []))
	lib.has_unknown(block)
}
