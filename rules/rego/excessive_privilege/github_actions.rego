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
	some event in ["pull_request_target", "workflow_run"]
	event in s.config.events
}

applies contains s.id if some s in trusted_runs

checks_out_head(action) if {
	action.repository == "actions/checkout"
	some key in ["ref", "repository"]
	regex.match(`github\.event\.pull_request\.head\.|github\.head_ref|github\.event\.workflow_run\.head_|refs/pull/|github\.event\.number|github\.event\.pull_request\.(?:number|merge_commit_sha)`, lib.text(action["with"][key]))
}

# Something limits who gets here: a condition on the author, the fork or a label, or an environment with reviewers.
is_guarded(s) if regex.match(`head\.repo\.(?:full_name|fork|owner)|user\.login|github\.(?:triggering_)?actor|author_association|label|sender|event_name|workflow_run\.(?:event|head_repository|head_branch|actor)`, lib.text(s.config.condition))

is_guarded(s) if lib.present(s.config, "environment")

is_guarded(s) if lib.present(s.config, "needs")

# The same by hand.
fetches_head(command) if {
	command.name == "gh"
	command.words[1] == "pr"
	command.words[2] == "checkout"
}

fetches_head(command) if {
	command.name == "git"
	command.words[1] in {"fetch", "pull", "checkout", "clone"}
	regex.match(`pull/\$\{\{[^}]*number[^}]*\}\}/(?:head|merge)|\$\{\{\s*github\.(?:event\.pull_request\.head\.|head_ref)`, lib.text(command.text))
}

deny contains {"subject": s.id, "path": ["commands", i], "msg": msg, "confidence": confidence(s)} if {
	some s in trusted_runs
	not is_guarded(s)
	command := s.config.commands[i]
	fetches_head(command)
	msg := "this job runs with the repository's secrets, and here it checks out the pull request's own code: whoever opens one runs it; use pull_request, or never run what was checked out"
}

unknown contains {"subject": s.id, "reason": "the pull request's code is checked out with secrets at hand; whether its author is trusted depends on a condition, an approval or another job"} if {
	some s in trusted_runs
	is_guarded(s)
	checks_out_head(s.config.actions[_])
}

# What started the other workflow may have been no pull request at all.
confidence(s) := "high" if "pull_request_target" in s.config.events

confidence(s) := "medium" if not "pull_request_target" in s.config.events

deny contains {"subject": s.id, "path": ["actions", i], "msg": msg, "confidence": confidence(s)} if {
	some s in trusted_runs
	not is_guarded(s)
	action := s.config.actions[i]
	checks_out_head(action)
	msg := "this job runs with this repository's secrets, and here it checks out the pull request's own code: whoever opens one runs it; use pull_request, or never run what was checked out"
}

# --- what strangers write, put into a script ------------------------------------------------------------------------------

# Events that anybody causes, and whose jobs have the repository's secrets and token.
strangers := {"issue_comment", "issues", "pull_request_target", "discussion", "discussion_comment", "workflow_run", "fork", "watch"}

open_to_all contains s if {
	s := input.github_actions.job[_]
	event := s.config.events[_]
	event in strangers
}

applies contains s.id if some s in open_to_all

theirs := `\$\{\{[^}]*github\.(?:head_ref|event\.(?:issue|discussion|pull_request)\.(?:title|body)|event\.(?:comment|review|review_comment)\.body|event\.pull_request\.head\.(?:ref|label|repo\.default_branch)|event\.workflow_run\.(?:head_branch|head_commit\.message|display_title|head_repository\.description))[^}]*\}\}`

# What is only compared is not put in.
only_asked := `(?:contains|startsWith|endsWith)\([^()]*\)|github\.[A-Za-z_.]+\s*[!=]=|[!=]=\s*github\.[A-Za-z_.]+`

deny contains {"subject": s.id, "path": path, "msg": msg} if {
	some s in open_to_all
	some path, text in scripts(s)
	regex.match(theirs, regex.replace(text, only_asked, ""))
	not regex.match(`(?i)author_association|github\.(?:triggering_)?actor\b|user\.login|sender`, lib.text(s.config.condition))
	msg := "what a stranger writes is put into this script before it is read, so it can be a command, run with the repository's secrets; pass it in an environment variable and write \"$NAME\""
}

scripts(s) := object.union(
	{["commands", i, "words", j]: word | command := s.config.commands[i]; word := lib.text(command.words[j])},
	{["actions", i, "with", "script"]: text |
		action := s.config.actions[i]
		action.repository == "actions/github-script"
		text := lib.text(action["with"].script)
	},
)
