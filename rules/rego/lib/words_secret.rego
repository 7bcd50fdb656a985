# Where the commands of builds and pipelines spell secrets: `import data.paylint.words_secret`.
#
# METADATA
# title: Secrets among the words of commands
package paylint.words_secret

import data.paylint.keyed
import data.paylint.lib

# spelled(command, j): what stands as a secret in the word at j, or in the one behind it that it announces:
# [{at, value, says, login}]. Whether it can be one is for the caller to say; `login`: it is one, however short.
spelled(command, j) := array.concat(
	array.concat(_behind_flags(command, j), _inside(command, j)),
	array.concat(array.concat(_assigned(command, j), _set(command, j)), _printed(command, j)),
)

# --- options that take one ----------------------------------------------------------------------------------------------

# {tools, verb, flags}: the verb is one of the words, "" for any.
_options := [
	{"tools": {"docker", "podman", "buildah", "skopeo", "helm", "oras", "crane", "nerdctl"}, "verb": "login", "flags": {"-p", "--password"}},
	{"tools": {"az"}, "verb": "login", "flags": {"-p", "--password"}},
	{"tools": {"oc", "argocd", "vault", "snowsql"}, "verb": "login", "flags": {"-p", "--password", "--token"}},
	{"tools": {"sshpass"}, "verb": "", "flags": {"-p"}},
	{"tools": {"twine"}, "verb": "upload", "flags": {"-p", "--password"}},
	{"tools": {"lftp", "sqlcmd"}, "verb": "", "flags": {"-P", "--password"}},
	{"tools": {"wget"}, "verb": "", "flags": {"--password", "--http-password", "--ftp-password", "--proxy-password"}},
	{"tools": {"redis-cli"}, "verb": "", "flags": {"-a", "--pass"}},
	{"tools": {"redis-server", "valkey-server"}, "verb": "", "flags": {"--requirepass", "--masterauth"}},
	{"tools": {"mongo", "mongosh", "mongodump", "mongorestore", "mongoimport", "mongoexport"}, "verb": "", "flags": {"-p", "--password"}},
	{"tools": {"mysql", "mysqldump", "mysqladmin", "mysqlimport", "mariadb", "mariadb-dump", "mariadb-admin"}, "verb": "", "flags": {"--password"}},
	{"tools": {"mysqladmin", "mariadb-admin"}, "verb": "password", "flags": {"password"}},
	{"tools": {"keytool", "jarsigner", "apksigner"}, "verb": "", "flags": {"-storepass", "-keypass", "-deststorepass", "-destkeypass", "-srcstorepass", "-newstorepass"}},
	{"tools": {"aws"}, "verb": "configure", "flags": {"aws_secret_access_key", "aws_session_token"}},
	{"tools": {"rabbitmqctl"}, "verb": "", "flags": {"--password"}},
	{"tools": {"ldapsearch", "ldapadd", "ldapmodify", "ldapdelete"}, "verb": "", "flags": {"-w"}},
	{"tools": {"nuget", "dotnet"}, "verb": "", "flags": {"-Password", "--password", "-ApiKey", "--api-key"}},
	{"tools": {"smbclient", "cadaver", "curl"}, "verb": "", "flags": {"--pass", "--proxy-pass"}},
]

_behind_flags(command, j) := [found |
	some option in _options
	command.name in option.tools
	_has_verb(command, option.verb)
	found := _given(command, j, option.flags)
]

_has_verb(_, "") := true

_has_verb(command, verb) if {
	verb != ""
	verb in command.words
}

_given(command, j, flags) := {"at": j + 1, "value": value, "says": says} if {
	command.words[j] in flags
	value := command.words[j + 1]
	not startswith(lib.text(value), "-")
	says := sprintf("a password stands in this `%v` command", [command.name])
}

_given(command, j, flags) := {"at": j, "value": value, "says": says} if {
	parts := split(lib.text(command.words[j]), "=")
	count(parts) > 1
	parts[0] in flags
	value := concat("=", array.slice(parts, 1, count(parts)))
	says := sprintf("a password stands in this `%v` command", [command.name])
}

# --- words that hold one ------------------------------------------------------------------------------------------------

# {tools, before, word}: what the word in front must be ("" for whatever), and where in this one the secret stands. No
# tools: any.
_patterns := [
	{"tools": {"curl"}, "before": `^(?:-u|--user|-U|--proxy-user)$`, "word": `^[^\s:$]+:([^\s:$]+)$`},
	{"tools": {"curl"}, "before": "", "word": `^(?:-u|--user=|--proxy-user=)[^\s:$-][^\s:$]*:([^\s:$]+)$`},
	{"tools": {"curl", "wget", "http", "https", "git", "xh"}, "before": "", "word": `(?i)^(?:-H|--header=|http\.extraheader=)?["']?(?:proxy-)?authorization:\s*(?:basic|bearer|token|apikey|key)\s+([^\s$"']{6,})`},
	{"tools": {"curl", "wget", "http", "https", "xh"}, "before": "", "word": `(?i)^(?:-H|--header=)?["']?(?:x-)?(?:api-key|apikey|auth-token|auth-key|private-token|job-token|vault-token|access-token|secret-key):\s*([^\s$"']{6,})`},
	{"tools": {"mysql", "mysqldump", "mysqladmin", "mysqlimport", "mariadb", "mariadb-dump", "mariadb-admin"}, "before": "", "word": `^-p([^\s$]+)$`},
	{"tools": {"sshpass"}, "before": "", "word": `^-p([^\s$]+)$`},
	{"tools": {"openssl"}, "before": `^-(?:pass|passin|passout|password|srppass|kfile)$`, "word": `^pass:([^\s$]+)$`},
	{"tools": {"openssl"}, "before": `^-k$`, "word": `^([^\s$]+)$`},
	{"tools": {"npm", "pnpm", "yarn"}, "before": `(?i):_(?:authtoken|auth|password)$`, "word": `^([^\s$]+)$`},
	{"tools": {"npm", "pnpm", "yarn"}, "before": "", "word": `(?i):_(?:authtoken|auth|password)=([^\s$]+)$`},
	{"tools": {"sed"}, "before": "", "word": `(?i)(?:password|passwd|secret|api_?key|token)["']?\s*[=:]\s*["']?([^\s/|#'"$.*\\&\[(]{6,})["']?[/|#][a-z]*$`},
]

_inside(command, j) := array.concat(
	[{"at": j, "value": value, "says": says} |
		some pattern in _patterns
		command.name in pattern.tools
		_is_before(command, j, pattern.before)
		value := regex.find_all_string_submatch_n(pattern.word, lib.text(command.words[j]), 1)[0][1]
		says := sprintf("a secret stands in this `%v` command", [command.name])
	],
	[{"at": j, "value": value, "says": "an address with a password stands in this command"} |
		value := regex.find_all_string_submatch_n(`(?:^|[=+\s"'])[a-zA-Z][a-zA-Z0-9+.-]*://[^\s:/@$]*:([^\s@/$]+)@[^\s/@]`, lib.text(command.words[j]), 1)[0][1]
		not command.name in {"echo", "printf"}
	],
)

_is_before(_, _, "") := true

_is_before(command, j, pattern) if {
	pattern != ""
	j > 1
	is_array(command.words)
	regex.match(pattern, lib.text(command.words[j - 1]))
}

# --- NAME=value among the arguments ---------------------------------------------------------------------------------------

_takes_names := {
	"docker", "podman", "buildah", "nerdctl", "kubectl", "oc", "helm", "helmfile", "mvn", "mvnw", "gradle", "gradlew", "java",
	"sonar-scanner", "ansible-playbook", "ansible", "heroku", "fly", "flyctl", "terraform", "tofu", "aws", "sam", "cf",
	"vault", "az", "gcloud", "serverless", "sls", "dotnet-sonarscanner",
}

_assigned(command, j) := [{"at": j, "value": pair[2], "says": says} |
	command.name in _takes_names
	some pair in regex.find_all_string_submatch_n(`(?:^|[\s,])(?:--?[A-Za-z-]+=|-[DP])?["']?([A-Za-z_][A-Za-z0-9_./\[\]-]*)=["']?([^\s,"']+)`, lib.text(command.words[j]), -1)
	keyed.secret_name(pair[1])
	says := sprintf("the value of `%v` stands in this command", [pair[1]])
]

# PowerShell: $env:NAME = "value"
_set(command, j) := [{"at": 2, "value": command.words[2], "says": says} |
	j == 2
	command.words[1] == "="
	name := regex.find_all_string_submatch_n(`(?i)^\$(?:env:)?([a-z_][a-z0-9_]*)$`, command.name, 1)[0][1]
	keyed.secret_name(name)
	says := sprintf("the value of `%v` stands in this script", [name])
]

# --- what is printed into a file, or to a program -----------------------------------------------------------------------

prints(command) if {
	command.name in {"echo", "printf"}
	count(lib.as_array(command.variables)) == 0
}

_printed(command, j) := array.concat(
	[{"at": j, "value": value, "says": "a secret is written into a file, with its value"} |
		prints(command)
		_is_kept(command)
		value := regex.find_all_string_submatch_n(`(?i)(?:^|[^a-z])(?:password|passwd|secret|api[-_]?key|secret[-_]?access[-_]?key|auth_?token|access[-_]?token)['"]?\s*[=:]\s*['"]?([^\s$'"\\]{6,})`, lib.text(command.words[j]), 1)[0][1]
	],
	array.concat(
		[{"at": j, "value": value, "says": "a login's password stands in this command", "login": true} |
			prints(command)
			command.to == "chpasswd"
			value := regex.find_all_string_submatch_n(`^['"]?[a-z_][a-z0-9_-]*:([^\s$'"]+)`, lib.text(command.words[j]), 1)[0][1]
		],
		[{"at": j, "value": command.words[j], "says": "a login's password stands in this command", "login": true} |
			prints(command)
			command.to == "passwd"
			not startswith(lib.text(command.words[j]), "-")
		],
	),
)

_is_kept(command) if {
	redirect := command.redirects[_]
	redirect.operator in {">", ">>", ">|"}
	not startswith(lib.text(redirect.target), "/dev/")
}

_is_kept(command) if command.to == "tee"
