# METADATA
# title: A Compose service checks no certificates
# custom: {confidence: high, applies_to: {compose: [service]}}
package paylint.rules.tls_verification_disabled.compose

import data.paylint.compose
import data.paylint.delivery

subjects contains s if s := input.compose.service[_]

applies contains s.id if some s in subjects

deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	some s in subjects
	some found in delivery.unverified(s.config)
}

# Programs whose name is their image's, and so not among the words.
deny contains {"subject": s.id, "path": option.path, "msg": msg} if {
	some s in subjects
	some option in compose.options(s)
	regex.match(`^(?:serverstransport\.insecureskipverify|tlsallowinvalid(?:certificates|hostnames)|sslallowinvalid(?:certificates|hostnames)|insecure-skip-verify|insecure-skip-tls-verify|ssl-insecure-skip-verify|insecure-registry)$`, option.name)
	not option.value in {"false", "0"}
	msg := sprintf("`%v` takes whatever answers, so anybody on the way decides what arrives; leave it out and give the program the CA it lacks", [option.name])
}

unknown contains {"subject": s.id, "reason": reason} if {
	some s in subjects
	some name in delivery.may_be_unverified(s.config)
	reason := sprintf("what `%v` is, and so whether certificates are checked, is known only when it runs", [name])
}
