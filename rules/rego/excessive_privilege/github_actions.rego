# METADATA
# title: A workflow's token may write everything, or strangers' code runs with its secrets
# custom: {confidence: high, applies_to: {github_actions: [workflow, job]}}
package paylint.rules.excessive_privilege.github_actions

import data.paylint.lib

applies contains s.id if {
	some type in ["workflow", "job"]
	s := input.github_actions[type][_]
	lib.present(s.config, "permissions")
}

deny contains {"subject": s.id, "path": ["permissions"], "msg": msg} if {
	some type in ["workflow", "job"]
	s := input.github_actions[type][_]
	s.config.permissions == "write-all"
	msg := "`write-all` gives every action in here the right to change code, releases, packages and settings; name the scopes that are needed, contents: read to begin with"
}

# Runs for pull requests from forks, with the secrets and the token of the repository.
trusted_runs contains s if {
	s := input.github_actions.job[_]
	"pull_request_target" in s.config.events
}

applies contains s.id if some s in trusted_runs

checks_out_head(action) if {
	action.repository == "actions/checkout"
	some key in ["ref", "repository"]
	regex.match(`github\.event\.pull_request\.head\.|github\.head_ref|refs/pull/|github\.event\.number|github\.event\.pull_request\.(?:number|merge_commit_sha)`, lib.text(action["with"][key]))
}

# Something limits who gets here: a condition on the author, the fork or a label, or an environment with reviewers.
is_guarded(s) if regex.match(`head\.repo\.(?:full_name|fork|owner)|user\.login|github\.(?:triggering_)?actor|author_association|label|sender|event_name`, lib.text(s.config.condition))

is_guarded(s) if lib.present(s.config, "environment")

is_guarded(s) if lib.present(s.config, "needs")

unknown contains {"subject": s.id, "reason": "the pull request's code is checked out with secrets at hand; whether its author is trusted depends on a condition, an approval or another job"} if {
	some s in trusted_runs
	is_guarded(s)
	checks_out_head(s.config.actions[_])
}

deny contains {"subject": s.id, "path": ["actions", i], "msg": msg} if {
	some s in trusted_runs
	not is_guarded(s)
	action := s.config.actions[i]
	checks_out_head(action)
	msg := "pull_request_target runs with this repository's secrets, and here it checks out the pull request's own code: whoever opens one runs it; use pull_request, or never run what was checked out"
}
