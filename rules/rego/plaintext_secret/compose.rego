# METADATA
# title: A secret stands in a Compose file
# custom: {confidence: medium, applies_to: {compose: [service]}}
package paylint.rules.plaintext_secret.compose

import data.paylint.lib
import data.paylint.written

subjects contains s if s := input.compose.service[_]

applies contains s.id if some s in subjects

deny contains {"subject": s.id, "path": found.path, "msg": found.msg} if {
	some s in subjects
	some found in written.secrets(texts(s))
	not found.weak
}

# A word as everyone takes: a password all the same, if the file is used for more than trying things out.
deny contains {"subject": s.id, "path": found.path, "msg": found.msg, "confidence": "low"} if {
	some s in subjects
	some found in written.secrets(texts(s))
	found.weak
	not regex.match(`(?i)[._-](?:test|tests|testing|ci|e2e|dev|develop|local|development|override|example|sample|demo)[._-]`, lib.text(s.config.file))
}

# A service has no scripts of its own, but options on its command line.
texts(s) := {"commands": [], "variables": s.config.variables}

deny contains {"subject": s.id, "path": ["command"], "msg": msg} if {
	some s in subjects
	parts := regex.find_all_string_submatch_n(`(?:^|\s)--(?:requirepass|password|admin-password|masterauth)[ =]([^\s"']+)`, lib.text(s.config.command_line), 1)
	lib.secret_value(parts[0][1])
	not contains(parts[0][1], "$")
	msg := "a password stands in the service's command and so in version control; take it from a secret or the environment"
}
