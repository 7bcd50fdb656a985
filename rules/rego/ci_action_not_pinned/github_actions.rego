# METADATA
# title: A workflow runs somebody else's action by a tag or branch
# custom: {confidence: high, applies_to: {github_actions: [job, action]}}
package paylint.rules.ci_action_not_pinned.github_actions

import data.paylint.lib

used contains {"subject": s.id, "action": action, "path": ["actions", i]} if {
	some type in ["job", "action"]
	s := input.github_actions[type][_]
	action := s.config.actions[i]
	action.kind in {"repository", "workflow", "docker"}
	not action.owner in {"actions", "github"}
	not needs_tag(action.uses)
}

# Who checks the provenance it makes recognises the builder by its release, and refuses one that is run by commit.
needs_tag(uses) if regex.match(`^slsa-framework/slsa-github-generator/\.github/workflows/[a-z0-9_-]+\.ya?ml@v[0-9]+\.[0-9]+\.[0-9]+$`, lib.text(uses))

applies contains use.subject if some use in used

deny contains {"subject": use.subject, "path": use.path, "msg": msg} if {
	some use in used
	not use.action.pinned
	msg := sprintf("`%v` can be moved to other code after the review, which then runs with this job's secrets; %v", [use.action.uses, instead[use.action.kind]])
}

instead := {
	"repository": "pin it to the full commit SHA, with the version as a comment",
	"workflow": "pin the reusable workflow to the full commit SHA",
	"docker": "pin the image to its sha256 digest",
}
