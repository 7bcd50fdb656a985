# What builds and pipelines fetch and run: `import data.paylint.downloads`. As in `data.paylint.delivery`, every function
# gives [{path, msg}, ...] for a subject's config.
#
# METADATA
# title: Downloads of builds and pipelines
package paylint.downloads

import data.paylint.delivery
import data.paylint.lib

_runners := {"sh", "bash", "dash", "ash", "zsh", "python", "python3", "perl", "ruby", "node", "php", "tar", "apt-key", "gpg", "bsdtar", "rpm", "dpkg", "unzip", "kubectl", "psql"}

_code := `(?i)\.(?:sh|bash|deb|rpm|apk|tar|tar\.[a-z0-9]+|tgz|tbz2?|txz|zip|gz|xz|bz2|zst|jar|war|whl|gem|py|pl|rb|js|exe|msi|bin|run|so|dll|asc|gpg|key|pub|phar|pkg|dmg|crx|vsix|appimage|repo)(?:[?#].*)?$`

# fetched_in_clear(config): programs, packages and keys that come over plain HTTP, where anybody on the way can change
# them, and that nothing checks afterwards.
fetched_in_clear(config) := array.concat(
	array.concat(_downloads(config), _sent(config)),
	array.concat(_sources(config), _added(config)),
)

# What is sent with a login, or posted.
_sending := {
	"curl": `^(?:-u.*|--user|-d|--data(?:-[a-z]+)?(?:=.*)?|-F|--form|-T|--upload-file)$|(?i)^(?:authorization|x-api-key|private-token|x-vault-token|cookie):`,
	"wget": `^--(?:post-data|post-file|password|http-password|body-data)(?:=.*)?$|(?i)authorization:`,
}

_sent(config) := [{"path": ["commands", i, "words", j], "msg": msg} |
	command := config.commands[i]
	sends := _sending[command.name]
	word := command.words[j]
	regex.match(`(?i)^http://`, lib.text(word))
	not delivery.near_address(word)
	option := command.words[_]
	regex.match(sends, lib.text(option))
	msg := "what is sent here, a login perhaps, crosses the network in clear text; use https"
]

_downloads(config) := [{"path": ["commands", i, "words", j], "msg": msg} |
	command := config.commands[i]
	command.name in {"curl", "wget", "aria2c", "http", "fetch"}
	word := command.words[j]
	_far_in_clear(word)
	_is_run(config, i, word)
	not _checked(config, command)
	msg := "this is fetched over plain HTTP and then run or installed: anybody on the way decides what it is; fetch it over https, and check its digest"
]

_is_run(config, i, _) if {
	config.commands[i].to in _runners
	not _reads_data(config, i)
}

# curl -o /usr/local/bin/tool
_is_run(config, i, _) if {
	target := config.commands[i].words[_]
	regex.match(`^(?:-o|-O|--output=|--output-document=)?/(?:usr/(?:local/)?)?s?bin/`, lib.text(target))
}

_is_run(config, i, _) if {
	redirect := config.commands[i].redirects[_]
	regex.match(`^/(?:usr/(?:local/)?)?s?bin/`, lib.text(redirect.target))
}

_is_run(_, _, word) if regex.match(_code, lib.text(word))

# The interpreter behind the pipe has its program already, and what comes is its data: python3 -c "…", perl -ne "…", a file.
_reads_data(config, i) if {
	command := config.commands[i]
	reader := config.commands[i + 1]
	reader.name == command.to
	word := reader.words[j]
	j > 0
	_brings_program(reader, word, j)
}

_shells := {"sh", "bash", "dash", "ash", "zsh", "ksh"}

_brings_program(reader, word, _) if {
	reader.name in _shells
	regex.match(`^-[a-z]*c$`, lib.text(word))
}

_brings_program(reader, word, _) if {
	reader.name in (_interpreters - _shells)
	regex.match(`^(?:-[a-z0-9]*[ec]|-m.*|-[rpn]|--eval|--print|-Command)$`, lib.text(word))
}

_brings_program(reader, word, 1) if {
	reader.name in _interpreters
	regex.match(`^[^-$].*\.[a-z]+$`, lib.text(word))
}

_far_in_clear(word) if {
	regex.match(`(?i)^(?:http|ftp|git)://`, lib.text(word))
	not delivery.near_address(word)
}

# A digest or signature is checked in the same step.
_checked(config, command) if {
	other := config.commands[_]
	_step(other) == _step(command)
	_checks(other)
}

_step(command) := [command[key] | some key in ["step", "instruction", "section"]]

_checks(command) if {
	command.name in {"sha256sum", "sha512sum", "sha384sum", "shasum", "b2sum"}
	word := command.words[_]
	regex.match(`^(?:-[a-z0-9]*c|--check.*)$`, lib.text(word))
}

_checks(command) if {
	command.name in {"gpg", "gpgv", "gpg2", "cosign", "minisign", "slsa-verifier"}
	word := command.words[_]
	regex.match(`^(?:--verify|verify.*|-V.*)$`, lib.text(word))
}

_checks(command) if command.name == "gpgv"

# {tools, flag, next} as above: where packages and code are taken from.
_clear_sources := [
	{"tools": {"git"}, "flag": `^(?:clone|fetch|pull|add|submodule)$`},
	{"tools": {"pip", "pip3", "pipx", "python", "python3", "uv", "poetry", "pipenv"}, "flag": `^(?:install|download|wheel|sync|add|global\.index-url|global\.extra-index-url)$`},
	{"tools": {"npm", "yarn", "pnpm"}, "flag": `^(?:registry|install|i|ci|add|publish|npmRegistryServer)$`},
	{"tools": {"helm"}, "flag": `^(?:install|upgrade|add|pull|template)$`},
	{"tools": {"cargo", "gem", "composer"}, "flag": `^(?:get|install|add|update|sources)$`},
	{"tools": {"rpm", "yum", "dnf", "microdnf"}, "flag": `^(?:-[a-zA-Z]*[iUF][a-zA-Z]*|install|localinstall)$`},
	{"tools": {"kubectl", "oc"}, "flag": `^(?:apply|create|replace)$`},
]

_sources(config) := [{"path": ["commands", i, "words", j], "msg": msg} |
	command := config.commands[i]
	some source in _clear_sources
	command.name in source.tools
	verb := command.words[_]
	regex.match(source.flag, lib.text(verb))
	word := command.words[j]
	_far_in_clear(trim_prefix(regex.replace(lib.text(word), `^--?[a-zA-Z-]+=`, ""), "git+"))
	msg := sprintf("%v takes what it installs from an address over plain HTTP: anybody on the way decides what it is; use https", [command.name])
]

_added(config) := [{"path": ["instructions", i, "sources", j], "msg": msg} |
	instruction := object.get(config, "instructions", [])[i]
	instruction.keyword == "ADD"
	source := instruction.sources[j]
	_far_in_clear(lib.text(source))
	not lib.present(instruction.flags, "checksum")
	msg := "ADD fetches this over plain HTTP: anybody on the way decides what is built in; use https, and --checksum"
]

# --- scripts of others --------------------------------------------------------------------------------------------------

_interpreters := {"sh", "bash", "dash", "ash", "zsh", "ksh", "python", "python3", "perl", "ruby", "node", "php", "pwsh"}

# unpinned_scripts(config): what is fetched and run at once, whatever it is today. A commit in the address pins it, and so
# so does a digest or signature that is checked. `versioned`: the address names a version, which its owner can still move.
unpinned_scripts(config) := [{"path": ["commands", i, "words", j], "msg": msg, "versioned": versioned} |
	command := config.commands[i]
	word := command.words[j]
	address := _run_at_once(command, word)
	not _reads_data(config, i)
	not regex.match(`[0-9a-f]{40}`, address)
	not delivery.near_address(address)
	not _checked(config, command)
	versioned := regex.match(`[/=@_-]v?[0-9]+\.[0-9]+\.[0-9]+(?:[/._-]|$)`, address)
	msg := "this runs whatever the address answers today, and nobody has reviewed it; fetch a version, check its sha256 or signature, then run it"
]

_run_at_once(command, word) := word if {
	command.name in {"curl", "wget"}
	command.to in _interpreters
	regex.match(`(?i)^https?://`, lib.text(word))
}

# bash <(curl …), sh -c "$(curl …)"
_run_at_once(command, word) := address if {
	command.name in _interpreters | {".", "source"}
	address := regex.find_all_string_submatch_n(`^(?:<\(|\$\()\s*(?:curl|wget)\s.*?["']?(https?://[^\s"')]+)`, lib.text(word), 1)[0][1]
}
