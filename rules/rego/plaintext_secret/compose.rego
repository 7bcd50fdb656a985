# METADATA
# title: A secret stands in a Compose file
# custom: {confidence: medium, applies_to: {compose: [service, config, secret]}}
package paylint.rules.plaintext_secret.compose

import data.paylint.keyed
import data.paylint.lib
import data.paylint.literal
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

texts(s) := object.union({"commands": []}, s.config)

# Programs whose name is their image's, and so not among the words.
deny contains {"subject": s.id, "path": ["commands", i, "words", at], "msg": msg} if {
	some s in subjects
	words := s.config.commands[i].words
	found := regex.find_all_string_submatch_n(`^--(?:requirepass|masterauth|(?:[a-z-]+-)?password|(?:[a-z-]+-)?secret|(?:[a-z-]+-)?token|[a-z-]*secret-key)(?:=(.+))?$`, lib.text(words[j]), 1)[0]
	some at, value in given(words, j, found[1])
	literal.is_secret(value)
	msg := "a password stands in the service's command and so in version control; take it from a secret or the environment"
}

given(_, j, value) := {j: value} if value != ""

given(words, j, "") := {j + 1: lib.text(words[j + 1])}

# A file that is made from what is written here.
deny contains {"subject": c.id, "path": ["content"], "msg": msg} if {
	some type in ["config", "secret"]
	c := input.compose[type][_]
	some line in split(lib.text(c.config.content), "\n")
	found := regex.find_all_string_submatch_n(`^\s*["']?([A-Za-z_][A-Za-z0-9_.-]*)["']?\s*[=:]\s*["']?([^\s"',;#]+)`, line, 1)[0]
	keyed.secret_name(found[1])
	literal.is_secret(found[2])
	msg := sprintf("the value of `%s` stands in this file and so in version control; keep the file out of it, or take the value from a variable", [found[1]])
}

applies contains c.id if {
	some type in ["config", "secret"]
	c := input.compose[type][_]
	lib.present(c.config, "content")
}
