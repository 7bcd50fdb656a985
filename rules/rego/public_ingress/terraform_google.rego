# METADATA
# title: A Google Cloud firewall lets in millions of public addresses
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - google_compute_firewall
#       - google_compute_firewall_policy_rule
#       - google_compute_network_firewall_policy_rule
#       - google_compute_region_network_firewall_policy_rule
#       - google_compute_organization_security_policy_rule
#       - google_compute_firewall_policy_with_rules
#       - google_compute_network_firewall_policy_with_rules
#       - google_compute_region_network_firewall_policy_with_rules
package paylint.rules.public_ingress.terraform_google

import data.paylint.google_firewalls as firewalls
import data.paylint.lib

ways contains rule if {
	some rule in firewalls.rules
	rule.direction == "INGRESS"
}

applies contains way.subject if some way in ways

# What reaches administration, databases or every port is open_ingress.
deny contains {"subject": way.subject, "path": range.path, "msg": msg} if {
	some way in ways
	some range in way.ranges
	lib.cidr_is_wide(range.cidr)
	not lib.cidr_is_open(range.cidr)
	not firewalls.reached(way)
	msg := sprintf("`%s` lets a large part of the internet (%s) in; name the addresses that need it, or the private range that is meant", [way.name, range.cidr])
}

unknown contains {"subject": way.subject, "reason": "its ranges are known only at apply"} if {
	some way in ways
	lib.has_unknown(way.decided_by)
	not firewalls.reached(way)
}

unknown contains {"subject": subject, "reason": "whether it is in force, or which way it looks, is known only at apply"} if {
	some subject in firewalls.unsure
}
