# METADATA
# title: A tunnel or certificate of AWS has keys that are too small
# custom: {confidence: high, applies_to: {terraform: [aws_vpn_connection, aws_acm_certificate]}, reads: [[key_algorithm]]}
package paylint.rules.weak_key_size.terraform_aws

import data.paylint.lib

# Bits of the Diffie-Hellman groups that are below what is asked for RSA.
bits := {"1": 768, "2": 1024, "5": 1536, "22": 1024}

groups contains {"r": r, "path": [key, i], "group": group} if {
	r := input.terraform.aws_vpn_connection[_]
	some tunnel in ["tunnel1", "tunnel2"]
	some phase in ["phase1", "phase2"]
	key := sprintf("%s_%s_dh_group_numbers", [tunnel, phase])
	group := r.config[key][i]
}

applies contains found.r.id if some found in groups

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in groups
	size := bits[sprintf("%v", [found.group])]
	size < data.settings.minimum_rsa_bits
	msg := sprintf("`%s` may agree on keys in Diffie-Hellman group %v, of %v bits; leave 14 and newer", [found.r.name, found.group, size])
}

unknown contains {"subject": found.r.id, "reason": "its groups are known only at apply"} if {
	some found in groups
	lib.is_unknown(found.group)
}

# Certificates that Amazon issues: RSA_1024, RSA_2048, EC_prime256v1. None written: RSA of 2048 bits.
applies contains r.id if r := input.terraform.aws_acm_certificate[_]

deny contains {"subject": r.id, "path": ["key_algorithm"], "msg": msg} if {
	r := input.terraform.aws_acm_certificate[_]
	regex.match(`^(?i)rsa_[0-9]+$`, lib.text(r.config.key_algorithm))
	size := to_number(split(r.config.key_algorithm, "_")[1])
	size < data.settings.minimum_rsa_bits
	msg := sprintf("certificate `%s` has an RSA key of %v bits; write RSA_2048 or EC_prime256v1", [r.name, size])
}
