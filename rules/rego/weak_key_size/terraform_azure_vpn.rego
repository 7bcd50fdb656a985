# METADATA
# title: A VPN connection of Azure agrees on keys with a Diffie-Hellman group that is too small
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_virtual_network_gateway_connection, azurerm_vpn_gateway_connection]}
package paylint.rules.weak_key_size.terraform_azure_vpn

import data.paylint.azure_vpn
import data.paylint.lib

keys := ["dh_group", "pfs_group"]

bits := {"dhgroup1": 768, "pfs1": 768, "dhgroup2": 1024, "pfs2": 1024, "dhgroup14": 2048, "dhgroup2048": 2048, "pfs14": 2048, "pfs2048": 2048}

applies contains item.r.id if some item in azure_vpn.said(keys)

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in azure_vpn.said(keys)
	size := bits[lower(lib.text(item.value))]
	size < data.settings.minimum_rsa_bits
	msg := sprintf("connection `%s` agrees on keys with %v bits (%s); use DHGroup14, ECP256 or ECP384 and their PFS groups", [item.r.name, size, item.value])
}

unknown contains {"subject": item.r.id, "reason": "its group is known only at apply"} if {
	some item in azure_vpn.said(keys)
	lib.is_unknown(item.value)
}
