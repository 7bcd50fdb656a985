# METADATA
# title: A GitLab pipeline includes what can be changed elsewhere
# custom: {confidence: high, applies_to: {gitlab_ci: [pipeline]}}
package paylint.rules.ci_action_not_pinned.gitlab_ci

import data.paylint.lib

included contains {"subject": s.id, "entry": entry, "path": ["includes", i]} if {
	s := input.gitlab_ci.pipeline[_]
	entry := s.config.includes[i]
	entry.kind in {"remote", "project", "component"}
}

applies contains item.subject if some item in included

deny contains {"subject": item.subject, "path": item.path, "msg": instead[item.entry.kind]} if {
	some item in included
	item.entry.pinned == false
}

instead := {
	"remote": "whoever controls that address decides what this pipeline runs, with its secrets; include it from a project with a ref, or add `integrity`",
	"project": "without a `ref`, or with a branch, whoever may push there decides what this pipeline runs; set `ref` to a commit SHA or a protected tag",
	"component": "a branch or `~latest` moves after the review; name a version or a commit SHA of the component",
}

unknown contains {"subject": item.subject, "reason": "the ref comes from a variable"} if {
	some item in included
	lib.is_unknown(item.entry.pinned)
}
