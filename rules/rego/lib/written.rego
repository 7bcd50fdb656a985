# Secrets that are written out in Dockerfiles, Compose files and pipelines: `import data.paylint.written`.
#
# METADATA
# title: Secrets written out in builds and pipelines
package paylint.written

import data.paylint.keyed
import data.paylint.lib

# secrets(config): [{path, msg, weak}, ...] where one is written; `weak`: such a word as everyone takes for a database that
# lives as long as a test.
secrets(config) := array.concat(array.concat(_variables(config), _urls(config)), _commands(config))

_variables(config) := [found |
	variable := config.variables[i]
	found := _secret(variable, ["variables", i, "value"])
]

_secret(variable, path) := {"path": path, "msg": msg, "weak": _is_weak(variable.value)} if {
	lib.secret_name(variable.name)
	keyed.secret_literal(variable.name, variable.value)
	_is_spelled(variable.value)
	msg := sprintf("the value of `%v` is written here and so in version control and every copy of it; %v", [variable.name, _instead[input.unit.kind]])
}

_instead := {
	"dockerfile": "mount it for the one RUN that needs it (--mount=type=secret), or give it to the container at start",
	"compose": "take it from a secret (secrets: with a file or an external store) or from the environment",
	"github_actions": "keep it as an encrypted secret and write ${{ secrets.NAME }}, or log in with OIDC",
	"gitlab_ci": "keep it as a masked and protected CI/CD variable, or fetch it from a secret manager with id_tokens",
}

_is_secret(value) if {
	lib.secret_value(value)
	_is_spelled(value)
}

# No reference, placeholder or name of a variable.
_is_spelled(value) if {
	not contains(value, "$")
	not contains(value, "{{")
	not regex.match(`(?i)^(?:ignored?|unused|n/a|empty|secretsmanager|from[-_ ].*|.*(?:placeholder|change[-_]?me|changeit|replace[-_]?me|not[-_]?(?:a[-_]?)?(?:real|secret|used)).*|see .*)$`, value)
	not regex.match(`^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$`, value) # the name of a variable
	not regex.match(`(?i)^[a-z][a-z0-9+.-]*:(?:/|[a-z0-9_/.-]+#)`, value)
}

_is_weak(value) := true if {
	regex.match(`(?i)^(?:(?:p[a4@]ss(?:w[o0]rd|wd)?|secret|admin|root|user|test(?:ing)?|postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|redis|rabbitmq|guest|minio(?:admin)?|elastic|docker|dev(?:elopment)?|local|demo|sample|example|foo(?:bar)?|qwerty|letmein|ci|django|laravel|rails|symfony|wordpress|keycloak|app|db|super|my|the|insecure|unsafe|toor)[0-9!._-]*)+$`, value)
} else := true if {
	regex.match(`(?i)(?:^|[-_.])(?:test|tests|testing|dummy|fake|mock|ci|insecure|dev|development|local|example|sample)(?:[-_.]|[0-9]*$)|test[-_]?(?:pass|secret|key|token)`, value)
} else := false

# What stands between user and host in an address.
_urls(config) := [{"path": ["variables", i, "value"], "msg": msg, "weak": _is_weak(password)} |
	variable := config.variables[i]
	not lib.secret_name(variable.name)
	parts := regex.find_all_string_submatch_n(`^[a-zA-Z][a-zA-Z0-9+.-]*://[^\s:/@$]*:([^\s@/$]+)@[^\s/@]`, lib.text(variable.value), 1)
	password := parts[0][1]
	_is_secret(password)
	msg := sprintf("the address in `%v` holds a password, and so does version control; %v", [variable.name, _instead[input.unit.kind]])
]

# {tools, flag, next}: options that take a password.
_options := [
	{"tools": {"docker", "podman", "buildah", "skopeo", "helm", "oras", "crane", "nerdctl"}, "verb": "login", "flags": {"-p", "--password"}},
	{"tools": {"az"}, "verb": "login", "flags": {"-p", "--password"}},
	{"tools": {"oc", "argocd", "vault", "snowsql"}, "verb": "login", "flags": {"-p", "--password", "--token"}},
	{"tools": {"sshpass"}, "verb": "", "flags": {"-p"}},
	{"tools": {"twine"}, "verb": "upload", "flags": {"-p", "--password"}},
	{"tools": {"lftp", "sqlcmd"}, "verb": "", "flags": {"-P", "--password"}},
]

_commands(config) := array.concat(
	array.concat(
		[found |
			command := config.commands[i]
			some option in _options
			command.name in option.tools
			_has_verb(command, option.verb)
			word := command.words[j]
			found := _given(command, i, j, option.flags)
		],
		[{"path": ["commands", i, "words", j], "msg": msg, "weak": _is_weak(password)} |
			command := config.commands[i]
			command.name == "curl"
			is_array(command.words)
			word := command.words[j]
			some k in [j - 1]
			k > 0
			command.words[k] in {"-u", "--user"}
			parts := split(lib.text(word), ":")
			count(parts) == 2
			password := parts[1]
			_is_secret(password)
			msg := sprintf("a password stands in this command and so in version control; %v", [_instead[input.unit.kind]])
		],
	),
	array.concat(
		[{"path": ["commands", i, "words", j], "msg": msg, "weak": _is_weak(value)} |
			command := config.commands[i]
			command.name in {"echo", "printf"}
			_is_kept(command)
			word := command.words[j]
			j > 0
			count(lib.as_array(command.variables)) == 0
			parts := regex.find_all_string_submatch_n(`(?i)(?:^|[^a-z])(?:password|passwd|secret|api[-_]?key|secret[-_]?access[-_]?key|auth_?token|access[-_]?token)['"]?\s*[=:]\s*['"]?([^\s$'"\\]{6,})`, lib.text(word), 1)
			value := parts[0][1]
			_is_secret(value)
			msg := sprintf("a secret is written into a file, with its value in version control; %v", [_instead[input.unit.kind]])
		],
		[found |
			command := config.commands[i]
			variable := command.variables[j]
			found := _secret(variable, ["commands", i, "variables", j])
		],
	),
)

_is_kept(command) if {
	redirect := command.redirects[_]
	redirect.operator in {">", ">>", ">|"}
	not startswith(lib.text(redirect.target), "/dev/")
}

_is_kept(command) if command.to == "tee"

_has_verb(_, "") := true

_has_verb(command, verb) if {
	verb != ""
	verb in command.words
}

_given(command, i, j, flags) := {"path": ["commands", i, "words", j + 1], "msg": msg, "weak": _is_weak(value)} if {
	command.words[j] in flags
	value := command.words[j + 1]
	_is_secret(value)
	msg := sprintf("a password stands in this `%v` command and so in version control; pass it on standard input (--password-stdin) from a secret", [command.name])
}

_given(command, i, j, flags) := {"path": ["commands", i, "words", j], "msg": msg, "weak": _is_weak(value)} if {
	parts := split(lib.text(command.words[j]), "=")
	count(parts) > 1
	parts[0] in flags
	value := concat("=", array.slice(parts, 1, count(parts)))
	_is_secret(value)
	msg := sprintf("a password stands in this `%v` command and so in version control; pass it on standard input (--password-stdin) from a secret", [command.name])
}
