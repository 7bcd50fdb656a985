# METADATA
# title: A workflow runs an action of GitHub itself by a tag or branch
# custom: {severity: low, confidence: high, applies_to: {github_actions: [job, action]}}
package paylint.rules.ci_action_not_pinned.github_actions_official

used contains {"subject": s.id, "action": action, "path": ["actions", i]} if {
	some type in ["job", "action"]
	s := input.github_actions[type][_]
	action := s.config.actions[i]
	action.owner in {"actions", "github"}
}

applies contains use.subject if some use in used

deny contains {"subject": use.subject, "path": use.path, "msg": msg} if {
	some use in used
	not use.action.pinned
	msg := sprintf("`%v` is GitHub's own, but a tag moves all the same; pin it to the full commit SHA", [use.action.uses])
}
