# Secrets that are written out in Dockerfiles, Compose files and pipelines: `import data.paylint.written`.
#
# METADATA
# title: Secrets written out in builds and pipelines
package paylint.written

import data.paylint.keyed
import data.paylint.lib
import data.paylint.literal
import data.paylint.words_secret

instead := literal.instead

# secrets(config): [{path, msg, weak}, ...] where one is written; `weak`: such a word as everyone takes for a database that
# lives as long as a test.
secrets(config) := array.concat(array.concat(_variables(config), _urls(config)), array.concat(_commands(config), _lines(config)))

_variables(config) := [found |
	variable := config.variables[i]
	not variable.refers == true
	found := _secret(variable, ["variables", i, "value"])
]

_secret(variable, path) := {"path": path, "msg": msg, "weak": literal.is_weak(sprintf("%v", [variable.value]))} if {
	keyed.secret_name(variable.name)
	keyed.secret_literal(variable.name, variable.value)
	literal.is_spelled(sprintf("%v", [variable.value]))
	msg := sprintf("the value of `%s` is written here and so in version control and every copy of it; %v", [variable.name, instead])
}

# What an image takes as user and password in one, and what Java takes among its options.
_secret(variable, path) := {"path": path, "msg": msg, "weak": literal.is_weak(value)} if {
	not keyed.secret_name(variable.name)
	some pattern in _within
	value := regex.find_all_string_submatch_n(pattern.value, _named(variable, pattern), 1)[0][1]
	literal.is_secret(value)
	msg := sprintf("`%s` holds a password, and so does version control; %v", [variable.name, instead])
}

_named(variable, pattern) := lib.text(variable.value) if regex.match(pattern.name, lib.text(variable.name))

_within := [
	{"name": `^NEO4J_AUTH$`, "value": `^neo4j/([^\s$]+)$`},
	{"name": `(?i)(?:^|[-_.])(?:credentials?|creds|userpass|auth)$`, "value": `^[A-Za-z][A-Za-z0-9_.-]*:([^\s:/@$]+)$`},
	{"name": `(?i)(?:OPTS|OPTIONS|ARGS|FLAGS)$`, "value": `(?:^|\s)-D[A-Za-z.]*[pP]assword=["']?([^\s$"']+)`},
]

# What stands between user and host in an address.
_urls(config) := [{"path": ["variables", i, "value"], "msg": msg, "weak": literal.is_weak(password)} |
	variable := config.variables[i]
	not keyed.secret_name(variable.name)
	not variable.refers == true
	parts := regex.find_all_string_submatch_n(`^[a-zA-Z][a-zA-Z0-9+.-]*://[^\s:/@$]*:([^\s@/$]+)@[^\s/@]`, lib.text(variable.value), 1)
	password := parts[0][1]
	literal.is_secret(password)
	msg := sprintf("the address in `%v` holds a password, and so does version control; %v", [variable.name, instead])
]

# --- commands -----------------------------------------------------------------------------------------------------------

_commands(config) := array.concat(
	[found |
		command := config.commands[i]
		command.words[j]
		j > 0
		some spelled in words_secret.spelled(command, j)
		found := _by_word(spelled, ["commands", i, "words", spelled.at])
	],
	[found |
		command := config.commands[i]
		variable := command.variables[j]
		not words_secret.prints(command)
		found := _secret(variable, ["commands", i, "variables", j])
	],
)

_by_word(spelled, path) := {"path": path, "msg": msg, "weak": literal.is_weak(spelled.value)} if {
	_is_secret(spelled)
	msg := sprintf("%v and so in version control; %v", [spelled.says, instead])
}

_is_secret(spelled) if literal.is_secret(spelled.value)

_is_secret(spelled) if {
	spelled.login
	literal.is_spelled(spelled.value)
}

# --- files that are written line by line --------------------------------------------------------------------------------

_lines(config) := [found |
	some kind in ["commands", "instructions"]
	each := object.get(config, kind, [])[i]
	line := each.lines[j]
	found := _by_line(line, [kind, i, "lines", j])
]

_by_line(line, path) := {"path": path, "msg": msg, "weak": literal.is_weak(value)} if {
	parts := regex.find_all_string_submatch_n(`^[-\s"']*(?:export\s+|ENV\s+)?([A-Za-z_/:][A-Za-z0-9_./:-]*)["']?\s*[=:]\s*["']?([^\s"',;#]+)`, lib.text(line), 1)
	name := parts[0][1]
	value := parts[0][2]
	keyed.secret_name(trim_prefix(regex.replace(name, `^.*:`, ""), "_"))
	literal.is_secret(value)
	not _asks(value)
	msg := sprintf("the value of `%s` is written into a file here and so is in version control; %v", [name, instead])
}

# A script that is fed to an interpreter asks for it.
_asks(value) if regex.match(`^[A-Za-z_][A-Za-z0-9_.]*\(|^(?:os\.environ|process\.env|ENV)(?:[.\[]|$)`, value)
