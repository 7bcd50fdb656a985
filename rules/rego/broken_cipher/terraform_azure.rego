# METADATA
# title: A VPN connection of Azure is encrypted with DES or triple DES
# custom:
#   confidence: high
#   applies_to: {terraform: [azurerm_virtual_network_gateway_connection, azurerm_vpn_gateway_connection]}
package paylint.rules.broken_cipher.terraform_azure

import data.paylint.azure_vpn
import data.paylint.lib

# The last two are those of a virtual WAN.
keys := ["ike_encryption", "ipsec_encryption", "ike_encryption_algorithm", "encryption_algorithm"]

applies contains item.r.id if some item in azure_vpn.said(keys)

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in azure_vpn.said(keys)
	upper(lib.text(item.value)) in {"DES", "DES3"}
	msg := sprintf("connection `%s` agrees on %s; use AES256 or GCMAES256", [item.r.name, item.value])
}

unknown contains {"subject": item.r.id, "reason": "its cipher is known only at apply"} if {
	some item in azure_vpn.said(keys)
	lib.is_unknown(item.value)
}
