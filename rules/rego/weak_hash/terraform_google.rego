# METADATA
# title: A DNS zone in Google Cloud is signed with SHA-1
# custom: {confidence: high, severity: low, applies_to: {terraform: [google_dns_managed_zone]}}
package paylint.rules.weak_hash.terraform_google

import data.paylint.blocks

shape := ["dnssec_config", "*", "default_key_specs", "*", "algorithm"]

applies contains r.id if {
	r := input.terraform.google_dns_managed_zone[_]
	count(blocks.settings(r.config, shape)) > 0
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	r := input.terraform.google_dns_managed_zone[_]
	found := blocks.bad(r.config, shape, {"rsasha1"})[_]
	msg := sprintf("zone `%s` is signed with RSA and SHA-1; set algorithm = \"ecdsap256sha256\" or \"rsasha256\"", [r.name])
}
