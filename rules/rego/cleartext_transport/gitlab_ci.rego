# METADATA
# title: A GitLab job runs or installs what comes over plain HTTP
# custom: {confidence: medium, applies_to: {gitlab_ci: [job]}}
package paylint.rules.cleartext_transport.gitlab_ci

import data.paylint.downloads

subjects contains s if s := input.gitlab_ci.job[_]

applies contains s.id if some s in subjects

deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	some s in subjects
	some found in downloads.fetched_in_clear(s.config)
}
