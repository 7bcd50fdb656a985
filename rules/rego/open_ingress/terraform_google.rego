# METADATA
# title: A Google Cloud firewall lets the whole internet reach administration, databases or every port
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
package paylint.rules.open_ingress.terraform_google

import data.paylint.google_firewalls as firewalls
import data.paylint.lib

ways contains rule if {
	some rule in firewalls.rules
	rule.direction == "INGRESS"
}

applies contains way.subject if some way in ways

deny contains {"subject": way.subject, "path": range.path, "msg": msg} if {
	some way in ways
	some range in way.ranges
	lib.cidr_is_wide(range.cidr)
	what := firewalls.reached(way)
	msg := sprintf("`%s` lets %s (%s) reach %s; name the addresses that need it", [way.name, lib.the_internet(range.cidr), range.cidr, what])
}

unknown contains {"subject": way.subject, "reason": "its ranges, protocols or ports are known only at apply"} if {
	some way in ways
	lib.has_unknown(way.decided_by)
	not settled(way)
}

# Where every range is known and none is open, its ports do not matter; where every port is known and none is guarded,
# neither do its ranges.
settled(way) if {
	count(way.ranges) > 0
	not questionable(way)
}

questionable(way) if lib.cidr_is_wide(way.ranges[_].cidr)

questionable(way) if lib.has_unknown(way.ranges)

unknown contains {"subject": subject, "reason": "whether it is in force, or which way it looks, is known only at apply"} if {
	some subject in firewalls.unsure
}
