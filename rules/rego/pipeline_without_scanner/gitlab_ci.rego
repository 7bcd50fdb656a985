# METADATA
# title: A GitLab pipeline publishes or deploys, and runs no scanner
# custom: {confidence: medium, applies_to: {gitlab_ci: [job]}}
package paylint.rules.pipeline_without_scanner.gitlab_ci

import data.paylint.scanners

# Jobs that publish or deploy: {id, path}.
ships contains {"id": s.id, "path": paths[0]} if {
	s := input.gitlab_ci.job[_]
	s.config.hidden == false
	paths := scanners.shipping(s.config)
	count(paths) > 0
}

applies contains job.id if some job in ships

some_scanner if {
	some type in ["pipeline", "job"]
	scanners.scans(input.gitlab_ci[type][_].config)
}

# What an include brings in from elsewhere is not written here.
may_be_elsewhere if input.gitlab_ci.pipeline[_].config.includes[_].kind in {"remote", "project", "component"}

may_be_elsewhere if input.gitlab_ci.job[_].config.outside == true

# One finding a pipeline says it.
deny contains {"subject": job.id, "path": job.path, "msg": msg} if {
	some job in ships
	not some_scanner
	not may_be_elsewhere
	job.id == min({other.id | some other in ships})
	msg := "this publishes or deploys, and no job of the pipeline runs a scanner for code, dependencies or images; include GitLab's SAST and dependency or container scanning before it"
}

unknown contains {"subject": job.id, "reason": "an include from elsewhere may bring in a scanner"} if {
	some job in ships
	not some_scanner
	may_be_elsewhere
}
