# METADATA
# title: A build runs a script straight from the network
# custom: {severity: low, confidence: medium, applies_to: {dockerfile: [stage]}}
package paylint.rules.ci_action_not_pinned.dockerfile_scripts

import data.paylint.downloads

subjects contains s if {
	some type in ["stage"]
	s := input.dockerfile[type][_]
}

applies contains s.id if some s in subjects

deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	some s in subjects
	some found in downloads.unpinned_scripts(s.config)
}
