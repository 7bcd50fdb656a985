# METADATA
# title: The API server of an AKS cluster answers the whole internet
# custom:
#   confidence: medium
#   severity: high
#   applies_to: {terraform: [azurerm_kubernetes_cluster]}
#   reads:
#     - [private_cluster_enabled]
#     - [private_link_enabled]
#     - [api_server_authorized_ip_ranges, "*"]
#     - [api_server_access_profile, authorized_ip_ranges, "*"]
package paylint.rules.public_database.terraform_azure_aks

import data.paylint.lib

applies contains r.id if r := input.terraform.azurerm_kubernetes_cluster[_]

private(r) if {
	some key in ["private_cluster_enabled", "private_link_enabled"]
	lib.truthy(r.config[key])
}

# What is written about who may reach it: {subject, ranges, path}. The name at the top is that until version 3 of the
# provider.
lists contains {"subject": r.id, "name": r.name, "ranges": ranges, "path": ["api_server_authorized_ip_ranges"]} if {
	r := input.terraform.azurerm_kubernetes_cluster[_]
	not private(r)
	ranges := r.config.api_server_authorized_ip_ranges
}

lists contains {"subject": r.id, "name": r.name, "ranges": ranges, "path": ["api_server_access_profile", i, "authorized_ip_ranges"]} if {
	r := input.terraform.azurerm_kubernetes_cluster[_]
	not private(r)
	ranges := r.config.api_server_access_profile[i].authorized_ip_ranges
}

limited(r) if {
	some item in lists
	item.subject == r.id
	count(lib.as_array(item.ranges)) > 0
}

# Public is the default, and so is everybody.
deny contains {"subject": r.id, "path": ["api_server_access_profile"], "msg": msg} if {
	r := input.terraform.azurerm_kubernetes_cluster[_]
	not private(r)
	not limited(r)
	not undecided(r)
	msg := sprintf("the API server of `%s` can be reached from anywhere; set private_cluster_enabled = true, or name the ranges", [r.name])
}

undecided(r) if {
	some key in ["private_cluster_enabled", "private_link_enabled", "api_server_access_profile"]
	lib.is_unknown(r.config[key])
}

undecided(r) if lib.is_unknown(r.config.api_server_access_profile[_])

deny contains {"subject": item.subject, "path": item.path, "msg": msg} if {
	some item in lists
	some range in lib.as_array(item.ranges)
	lib.cidr_is_open(range)
	msg := sprintf("the API server of `%s` can be reached from anywhere; name the ranges that need it", [item.name])
}
