# METADATA
# title: A workflow checks no certificates or signatures
# custom: {confidence: high, applies_to: {github_actions: [workflow, job, action]}}
package paylint.rules.tls_verification_disabled.github_actions

import data.paylint.delivery

subjects contains s if {
	some type in ["workflow", "job", "action"]
	s := input.github_actions[type][_]
}

applies contains s.id if some s in subjects

deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	some s in subjects
	some found in delivery.unverified(object.union({"commands": []}, s.config))
}

unknown contains {"subject": s.id, "reason": reason} if {
	some s in subjects
	some name in delivery.may_be_unverified(object.union({"commands": []}, s.config))
	reason := sprintf("what `%v` is, and so whether certificates are checked, is known only when it runs", [name])
}
