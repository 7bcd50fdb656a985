# Secrets in the scripts that machines start with: `import data.paylint.scripts`.
#
# METADATA
# title: Secrets in start scripts
package paylint.scripts

import data.paylint.lib

# script(text): what runs, of a script as it is given to a machine. Base64 is read where it begins like a script or a
# cloud-config does.
script(text) := base64.decode(text) if {
	_encoded(text)
} else := text

_encoded(text) if {
	regex.match(`^(?:IyE|I2Ns|ZXhw|Q29u|TUlN|PHBv|c2V0)[A-Za-z0-9+/]+=*$`, text)
	base64.is_valid(text)
}

# secrets(text): the names whose values are secrets and stand in a script.
secrets(text) := {match[1] |
	match := _values(text)[_]
	lib.secret_name(match[1])
	lib.secret_value(match[2])
	not _is_fetched(match[2])
}

# given(text): such names whose values are given in the template but known only at deployment: ${Name}.
given(text) := {match[1] |
	match := _values(text)[_]
	lib.secret_name(match[1])
	regex.match(`^\$\{[A-Z]`, match[2])
}

_is_fetched(value) if regex.match("^[$%`]|[()]", value)

_values(text) := array.concat(array.concat(_assignments(text), _variables(text)), _options(text))

# NAME=value and name: value, exported, set, or given to a container.
_assignments(text) := regex.find_all_string_submatch_n(`(?m)(?:^[ \t]*|[ \t](?:-e|--env)[ \t]+)(?:export[ \t]+|set[ \t]+)?["']?([A-Za-z_][A-Za-z0-9_.-]*)["']?[ \t]*[=:][ \t]*["']?([^"'\s]+)`, text, -1)

# $name = "value", as PowerShell has it. What is not in quotes there is no text.
_variables(text) := regex.find_all_string_submatch_n(`(?m)^[ \t]*\$(?:env:)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*["']([^"'\s]+)["']`, text, -1)

# --password=value. After a space it may as well be the next argument of an option that takes none.
_options(text) := regex.find_all_string_submatch_n(`[ \t]--([A-Za-z][A-Za-z0-9-]*)=["']?([^"'\s]+)`, text, -1)
