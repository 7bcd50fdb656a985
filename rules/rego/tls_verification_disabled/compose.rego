# METADATA
# title: A Compose service checks no certificates
# custom: {confidence: high, applies_to: {compose: [service]}}
package paylint.rules.tls_verification_disabled.compose

import data.paylint.delivery

subjects contains s if s := input.compose.service[_]

applies contains s.id if some s in subjects

# A service has no scripts of its own: what it runs is in its image.
deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	some s in subjects
	some found in delivery.unverified({"commands": [], "variables": s.config.variables})
}

unknown contains {"subject": s.id, "reason": reason} if {
	some s in subjects
	some name in delivery.may_be_unverified({"commands": [], "variables": s.config.variables})
	reason := sprintf("what `%v` is, and so whether certificates are checked, is known only when it runs", [name])
}
