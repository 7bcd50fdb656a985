# METADATA
# title: Workflows publish or deploy, and none of them runs a scanner
# custom: {confidence: medium, applies_to: {github_actions: [job]}}
package paylint.rules.pipeline_without_scanner.github_actions

import data.paylint.scanners

# Jobs that publish or deploy: {id, workflow, path}.
ships contains {"id": s.id, "workflow": s.config.workflow, "path": paths[0]} if {
	s := input.github_actions.job[_]
	paths := scanners.shipping(s.config)
	count(paths) > 0
}

applies contains job.id if some job in ships

some_scanner if {
	some type in ["workflow", "job", "action"]
	scanners.scans(object.union({"commands": []}, input.github_actions[type][_].config))
}

# What another repository's workflow does is not written here.
may_be_elsewhere if {
	action := input.github_actions.job[_].config.actions[_]
	action.kind == "workflow"
}

# One finding a workflow says it.
deny contains {"subject": job.id, "path": job.path, "msg": msg} if {
	some job in ships
	not some_scanner
	not may_be_elsewhere
	job.id == min({other.id | some other in ships; other.workflow == job.workflow})
	msg := "this publishes or deploys, and no workflow of the repository runs a scanner for code, dependencies or images; add one before this step, and let its findings stop it"
}

unknown contains {"subject": job.id, "reason": "a workflow of another repository is called, which may run a scanner"} if {
	some job in ships
	not some_scanner
	may_be_elsewhere
}
