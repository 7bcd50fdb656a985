# METADATA
# title: A workflow runs a script straight from the network
# custom: {severity: medium, confidence: medium, applies_to: {github_actions: [job, action]}}
package paylint.rules.ci_action_not_pinned.github_actions_scripts

import data.paylint.downloads

subjects contains s if {
	some type in ["job", "action"]
	s := input.github_actions[type][_]
}

applies contains s.id if some s in subjects

deny contains {"subject": s.id, "path": found.path, "msg": found.msg, "severity": severity[found.versioned]} if {
	some s in subjects
	some found in downloads.unpinned_scripts(s.config)
}

severity := {true: "low", false: "medium"}
