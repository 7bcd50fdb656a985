# METADATA
# title: A Google Cloud firewall lets a network send anywhere
# description: >-
#   Firewalls carry no labels that could tell whether they are in scope. But a rule that allows everything outward is
#   written for nothing else: Google's own, implied one has the lowest priority.
# custom:
#   confidence: medium
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
package paylint.rules.unrestricted_egress.terraform_google

import data.paylint.google_firewalls as firewalls
import data.paylint.lib

ways contains rule if {
	some rule in firewalls.rules
	rule.direction == "EGRESS"
}

applies contains way.subject if some way in ways

deny contains {"subject": way.subject, "path": range.path, "msg": msg} if {
	some way in ways
	some range in way.ranges
	lib.cidr_is_open(range.cidr)
	some service in way.services
	firewalls.every_port(service)
	msg := sprintf("`%s` lets its network send to every address (%s) on every port; name the peers it needs", [way.name, range.cidr])
}

# Without destinations it is every address.
deny contains {"subject": r.id, "path": ["destination_ranges"], "msg": msg} if {
	some way in ways
	r := input.terraform.google_compute_firewall[_]
	r.id == way.subject
	not lib.present(r.config, "destination_ranges")
	some service in way.services
	firewalls.every_port(service)
	msg := sprintf("`%s` lets its network send to every address on every port; name the peers it needs in destination_ranges", [r.name])
}

unknown contains {"subject": way.subject, "reason": "its ranges, protocols or ports are known only at apply"} if {
	some way in ways
	lib.has_unknown(way.decided_by)
}

unknown contains {"subject": subject, "reason": "whether it is in force, or which way it looks, is known only at apply"} if {
	some subject in firewalls.unsure
}
