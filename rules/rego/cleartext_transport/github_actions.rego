# METADATA
# title: A workflow runs or installs what comes over plain HTTP
# custom: {confidence: medium, applies_to: {github_actions: [job, action]}}
package paylint.rules.cleartext_transport.github_actions

import data.paylint.downloads

subjects contains s if {
	some type in ["job", "action"]
	s := input.github_actions[type][_]
}

applies contains s.id if some s in subjects

deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	some s in subjects
	some found in downloads.fetched_in_clear(s.config)
}
