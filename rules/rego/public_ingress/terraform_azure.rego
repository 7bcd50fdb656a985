# METADATA
# title: An Azure network security group lets in millions of public addresses
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - azurerm_network_security_group
#       - azurerm_network_security_rule
#       - azapi_resource
#       - azapi_update_resource
package paylint.rules.public_ingress.terraform_azure

import data.paylint.azure_network
import data.paylint.lib

applies contains item.subject if some item in azure_network.ways

# The whole internet is open_ingress.
wide contains {"found": found, "instead": instead(found.source)} if {
	some found in azure_network.sources
	lib.cidr_is_wide(found.source)
	not lib.cidr_is_open(found.source)
}

# A service tag: every machine that anybody has rented from Azure, of a region or of all.
wide contains {"found": found, "instead": "the machines of every other customer are among them; name the addresses that need it"} if {
	some found in azure_network.sources
	regex.match(`(?i)^azurecloud(?:\.[a-z0-9]+)?$`, found.source)
}

private_ranges := ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"]

within(cidr) := [range |
	some range in private_ranges
	contains(range, ":") == contains(cidr, ":")
	net.cidr_contains(cidr, range)
]

instead(cidr) := sprintf("if the private range %s is meant, write that", [within(cidr)[0]])

instead(cidr) := "name the addresses that need it" if count(within(cidr)) == 0

deny contains {"subject": item.found.way.subject, "path": item.found.path, "msg": msg} if {
	some item in wide
	azure_network.decided(item.found.way.rule)
	azure_network.carries_ports(item.found.way.rule)
	what := azure_network.reached(azure_network.known_ports(item.found.way.rule))
	msg := sprintf("`%s` lets a large part of the internet (%s) reach %s; %s", [item.found.way.name, item.found.source, what, item.instead])
}

unknown contains {"subject": item.subject, "reason": "its sources, ports or direction are known only at apply"} if {
	some item in azure_network.ways
	azure_network.unclear(item.rule)
}
