# METADATA
# title: A build checks no certificates or signatures
# custom: {confidence: high, applies_to: {dockerfile: [stage]}}
package paylint.rules.tls_verification_disabled.dockerfile

import data.paylint.delivery

subjects contains s if s := input.dockerfile.stage[_]

applies contains s.id if some s in subjects

deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	some s in subjects
	some found in delivery.unverified(s.config)
}

unknown contains {"subject": s.id, "reason": reason} if {
	some s in subjects
	some name in delivery.may_be_unverified(s.config)
	reason := sprintf("what `%v` is, and so whether certificates are checked, is known only when it runs", [name])
}
