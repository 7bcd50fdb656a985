# METADATA
# title: Google Cloud makes or accepts an RSA key that is too short
# custom: {confidence: high, applies_to: {terraform: [google_service_account_key, google_privateca_ca_pool, google_dns_managed_zone]}}
package paylint.rules.weak_key_size.terraform_google

import data.paylint.lib

applies contains r.id if r := input.terraform.google_service_account_key[_]

# KEY_ALG_RSA_2048 is the default.
deny contains {"subject": r.id, "path": ["key_algorithm"], "msg": msg} if {
	r := input.terraform.google_service_account_key[_]
	bits := lib.number(trim_prefix(lib.text(r.config.key_algorithm), "KEY_ALG_RSA_"))
	bits < data.settings.minimum_rsa_bits
	msg := sprintf("key `%s` has %v bits; leave key_algorithm = \"KEY_ALG_RSA_2048\"", [r.name, bits])
}

unknown contains {"subject": r.id, "reason": "its algorithm is known only at apply"} if {
	r := input.terraform.google_service_account_key[_]
	lib.is_unknown(r.config.key_algorithm)
}

moduli contains {"r": r, "size": size, "path": path} if {
	r := input.terraform.google_privateca_ca_pool[_]
	size := r.config.issuance_policy[0].allowed_key_types[i].rsa[0].min_modulus_size
	path := ["issuance_policy", 0, "allowed_key_types", i, "rsa", 0, "min_modulus_size"]
}

applies contains item.r.id if some item in moduli

# 0 is what the service itself requires.
deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in moduli
	bits := lib.number(item.size)
	bits > 0
	bits < data.settings.minimum_rsa_bits
	msg := sprintf("pool `%s` certifies keys of %v bits; set min_modulus_size to %v or more", [item.r.name, bits, data.settings.minimum_rsa_bits])
}

unknown contains {"subject": item.r.id, "reason": "its smallest modulus is known only at apply"} if {
	some item in moduli
	lib.is_unknown(item.size)
}

specs contains {"r": r, "spec": spec, "path": ["dnssec_config", 0, "default_key_specs", i, "key_length"]} if {
	r := input.terraform.google_dns_managed_zone[_]
	spec := r.config.dnssec_config[0].default_key_specs[i]
	regex.match(`^(?i)rsa`, lib.text(spec.algorithm))
}

applies contains item.r.id if some item in specs

deny contains {"subject": item.r.id, "path": item.path, "msg": msg, "confidence": "medium"} if {
	some item in specs
	bits := lib.number(item.spec.key_length)
	bits < data.settings.minimum_rsa_bits
	msg := sprintf("zone `%s` is signed with an RSA key of %v bits; use %v, or ecdsap256sha256", [item.r.name, bits, data.settings.minimum_rsa_bits])
}

unknown contains {"subject": item.r.id, "reason": "its key length is known only at apply"} if {
	some item in specs
	lib.is_unknown(item.spec.key_length)
}
