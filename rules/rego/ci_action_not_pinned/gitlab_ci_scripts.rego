# METADATA
# title: A GitLab job runs a script straight from the network
# custom: {severity: medium, confidence: medium, applies_to: {gitlab_ci: [job]}}
package paylint.rules.ci_action_not_pinned.gitlab_ci_scripts

import data.paylint.downloads

subjects contains s if {
	some type in ["job"]
	s := input.gitlab_ci[type][_]
}

applies contains s.id if some s in subjects

deny contains {"subject": s.id, "path": found.path, "msg": found.msg, "severity": severity[found.versioned]} if {
	some s in subjects
	some found in downloads.unpinned_scripts(s.config)
}

severity := {true: "low", false: "medium"}
