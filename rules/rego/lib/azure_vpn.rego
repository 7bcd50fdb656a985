# What the VPN gateways of Azure agree on with their peers: `import data.paylint.azure_vpn`.
#
# METADATA
# title: IPsec policies of Azure's gateways
package paylint.azure_vpn

import data.paylint.lib

# policies: every IPsec policy of a connection: {r, policy, path}.
policies contains {"r": r, "policy": policy, "path": ["ipsec_policy", i]} if {
	r := input.terraform.azurerm_virtual_network_gateway_connection[_]
	policy := r.config.ipsec_policy[i]
	is_object(policy)
	lib.known(policy)
}

policies contains {"r": r, "policy": policy, "path": ["vpn_link", i, "ipsec_policy", j]} if {
	r := input.terraform.azurerm_vpn_gateway_connection[_]
	policy := r.config.vpn_link[i].ipsec_policy[j]
	is_object(policy)
	lib.known(policy)
}

# said(keys): what policies say at one of these arguments: {r, path, value}.
said(keys) := {{"r": item.r, "path": array.concat(item.path, [key]), "value": item.policy[key]} |
	some item in policies
	some key in keys
	item.policy[key] != null
}
