# METADATA
# title: A tunnel of AWS agrees on keys with a group that is too small
# custom: {confidence: high, applies_to: {cloudformation: [AWS::EC2::VPNConnection]}}
package paylint.rules.weak_key_size.cloudformation

import data.paylint.lib

# Bits of the Diffie-Hellman groups that are below what is asked for RSA.
bits := {"1": 768, "2": 1024, "5": 1536, "22": 1024}

groups contains {"r": r, "path": ["VpnTunnelOptionsSpecifications", t, key, i, "Value"], "group": group} if {
	r := input.cloudformation["AWS::EC2::VPNConnection"][_]
	some key in ["Phase1DHGroupNumbers", "Phase2DHGroupNumbers"]
	group := r.config.VpnTunnelOptionsSpecifications[t][key][i].Value
}

applies contains found.r.id if some found in groups

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in groups
	size := bits[sprintf("%v", [found.group])]
	size < data.settings.minimum_rsa_bits
	msg := sprintf("`%s` may agree on keys in Diffie-Hellman group %v, of %v bits; leave 14 and newer", [found.r.name, found.group, size])
}

unknown contains {"subject": found.r.id, "reason": "its groups are known only at deployment"} if {
	some found in groups
	lib.is_unknown(found.group)
}
