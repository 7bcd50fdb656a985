# METADATA
# title: A secret stands in a workflow
# custom: {confidence: medium, applies_to: {github_actions: [workflow, job, action]}}
package paylint.rules.plaintext_secret.github_actions

import data.paylint.written

subjects contains s if {
	some type in ["workflow", "job", "action"]
	s := input.github_actions[type][_]
}

applies contains s.id if some s in subjects

# A database that lives as long as a job has any password.
deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	some s in subjects
	some found in written.secrets(texts(s))
	not found.weak
	not for_a_service(s, found)
}

for_a_service(s, found) if {
	found.path[0] == "variables"
	s.config.variables[found.path[1]].scope == "service"
}

texts(s) := object.union({"commands": []}, s.config)
