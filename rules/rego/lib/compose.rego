# What Compose files say to the programs in their services: `import data.paylint.compose`.
#
# METADATA
# title: Options of services
package paylint.compose

import data.paylint.lib

# options(s): what the command of a service sets: {name, value, path}; names in lower case with dashes. `value` is "" for
# an option that stands alone.
options(s) := array.concat(
	[{"name": _spelled(m[1]), "value": m[2], "path": ["commands", i, "words", j]} |
		word := s.config.commands[i].words[j]
		not _is_check(s.config.commands[i])
		m := regex.find_all_string_submatch_n(`^(?:--?|-c)?([A-Za-z][A-Za-z0-9_.-]*)=(.*)$`, lib.text(word), 1)[0]
	],
	[{"name": _spelled(m[1]), "value": _next(s.config.commands[i].words, j), "path": ["commands", i, "words", j]} |
		word := s.config.commands[i].words[j]
		not _is_check(s.config.commands[i])
		m := regex.find_all_string_submatch_n(`^--([A-Za-z][A-Za-z0-9_.-]*)$`, lib.text(word), 1)[0]
	],
)

# A health check is a client beside its server, in the same container.
_is_check(command) if command.section == "healthcheck"

_spelled(name) := replace(lower(name), "_", "-")

_next(words, j) := value if {
	value := lib.text(words[j + 1])
	not startswith(value, "-")
} else := ""

# runs(s, pattern): its image, or the program it starts, has such a name.
runs(s, pattern) if regex.match(pattern, lib.text(s.config.images[_].name))

runs(s, pattern) if regex.match(pattern, lib.text(s.config.commands[_].name))

# bad_options(s, rows): [{path, msg}] for a table of {program, name, value, msg}: patterns, and what to say.
bad_options(s, rows) := [{"path": option.path, "msg": row.msg} |
	some row in rows
	runs(s, row.program)
	some option in options(s)
	regex.match(row.name, option.name)
	regex.match(row.value, option.value)
]

# bad_variables(s, rows): the same for environment variables, of a table of {name, value, msg}; what matches `without` is
# left out of the value first.
bad_variables(s, rows) := [{"path": ["variables", i, "value"], "msg": row.msg} |
	some row in rows
	variable := s.config.variables[i]
	variable.scope == "environment"
	regex.match(row.name, lib.text(variable.name))
	lib.known(variable.value)
	regex.match(row.value, regex.replace(sprintf("%v", [variable.value]), object.get(row, "without", "^$"), ""))
]

# said_of(s, tables): both at once.
said_of(s, tables) := array.concat(bad_options(s, tables.options), bad_variables(s, tables.variables))
