# METADATA
# title: Terraform makes an RSA key that is too short
# custom: {confidence: high, applies_to: {terraform: [tls_private_key]}, reads: [[algorithm], [rsa_bits]]}
package paylint.rules.weak_key_size.terraform

import data.paylint.lib

applies contains r.id if {
	r := input.terraform.tls_private_key[_]
	r.config.algorithm == "RSA"
}

deny contains {"subject": r.id, "path": ["rsa_bits"], "msg": msg} if {
	r := input.terraform.tls_private_key[_]
	r.config.algorithm == "RSA"
	bits := lib.number(object.get(r.config, "rsa_bits", 2048))
	bits < data.settings.minimum_rsa_bits
	msg := sprintf("key `%s` has %v bits; make it %v or more", [r.name, bits, data.settings.minimum_rsa_bits])
}
