# What Dockerfiles, Compose files and pipelines have in common: `import data.paylint.delivery`. Their subjects hold
# `commands`, `variables` and `images` in one shape (scanner/inputs/delivery), so one table serves the rules of all.
# Every function here gives [{path, msg}, ...] for a subject's config, to be made into `deny`.
#
# METADATA
# title: Scripts, variables and images of builds and pipelines
package paylint.delivery

import data.paylint.blocks
import data.paylint.lib

# --- certificates and signatures ----------------------------------------------------------------------------------------

# Words by which a program checks no certificate or signature: {tools, flag, next}; `flag` is one word of its command,
# `next` the word behind it, "" for whatever. A short option may stand among others that take no value: -fsSLk.
_switches := [
	{"tools": {"curl"}, "flag": `^(?:--insecure|--proxy-insecure|-[#012346aBfgGiIjJlLMnNOpqRsSvVZ]*k[#012346aBfgGiIjJlLMnNOpqRsSvVZ]*)$`, "next": ""},
	{"tools": {"wget", "s3cmd"}, "flag": `^--no-check-certificate$`, "next": ""},
	{"tools": {"git"}, "flag": `(?i)^http\.(?:.*\.)?sslverify=(?:false|0|no|off)$`, "next": ""},
	{"tools": {"git"}, "flag": `(?i)^http\.(?:.*\.)?sslverify$`, "next": `(?i)^(?:false|0|no|off)$`},
	{"tools": {"pip", "pip3", "pip2", "pipx", "python", "python3", "uv", "poetry", "pipenv"}, "flag": `^(?:--trusted-host|--allow-insecure-host|global\.trusted-host)$`, "next": `^[^-]`},
	{"tools": {"pip", "pip3", "pip2", "pipx", "python", "python3", "uv", "pipenv"}, "flag": `^(?:--trusted-host|--allow-insecure-host)=`, "next": ""},
	{"tools": {"npm", "pnpm", "yarn", "npx"}, "flag": `^(?:--)?strict-ssl$`, "next": `(?i)^false$`},
	{"tools": {"npm", "pnpm", "yarn", "npx"}, "flag": `(?i)^(?:(?:--)?strict-ssl=false|--no-strict-ssl)$`, "next": ""},
	{"tools": {"yarn"}, "flag": `^enableStrictSsl$`, "next": `^false$`},
	{"tools": {"apk"}, "flag": `^--allow-untrusted$`, "next": ""},
	{"tools": {"apt", "apt-get", "aptitude"}, "flag": `^(?:--allow-unauthenticated|--allow-insecure-repositories|--force-yes)$`, "next": ""},
	{"tools": {"apt", "apt-get", "aptitude"}, "flag": `(?i)^(?:-o)?(?:APT::Get::AllowUnauthenticated|Acquire::AllowInsecureRepositories)=["']?(?:true|1|yes)`, "next": ""},
	{"tools": {"apt", "apt-get", "aptitude"}, "flag": `(?i)^(?:-o)?Acquire::https(?:::[^=]*)?::Verify-(?:Peer|Host)=["']?(?:false|0|no)`, "next": ""},
	{"tools": {"yum", "dnf", "microdnf", "tdnf", "zypper", "yumdownloader"}, "flag": `^(?:--nogpgcheck|--no-gpgchecks?|--no-gpg-checks?)$`, "next": ""},
	{"tools": {"yum", "dnf", "microdnf", "tdnf"}, "flag": `(?i)^--setopt=(?:.*\.)?(?:sslverify|gpgcheck)=(?:0|false|no)$`, "next": ""},
	{"tools": {"kubectl", "oc", "helm", "helmfile", "kustomize", "flux", "kubelogin"}, "flag": `^--(?:kube-)?insecure-skip-tls-verify(?:=true)?$`, "next": ""},
	{"tools": {"docker", "podman", "buildah", "skopeo"}, "flag": `^--(?:src-|dest-)?tls-verify=false$`, "next": ""},
	{"tools": {"executor"}, "flag": `^--(?:skip-tls-verify|skip-tls-verify-pull)(?:=true)?$`, "next": ""},
	{"tools": {"argocd", "mc", "crane"}, "flag": `^--insecure(?:=true)?$`, "next": ""},
	{"tools": {"aws"}, "flag": `^--no-verify-ssl$`, "next": ""},
	{"tools": {"vault", "consul"}, "flag": `^-tls-skip-verify(?:=true)?$`, "next": ""},
	{"tools": {"http", "https"}, "flag": `(?i)^--verify=(?:no|false)$`, "next": ""},
	{"tools": {"composer"}, "flag": `^(?:disable-tls)$`, "next": `(?i)^(?:true|1)$`},
	{"tools": {"conda", "mamba", "micromamba"}, "flag": `^ssl_verify$`, "next": `(?i)^(?:false|no|0)$`},
	{"tools": {"mvn", "mvnw"}, "flag": `^-Dmaven\.wagon\.http\.ssl\.(?:insecure|allowall)=true$`, "next": ""},
	{"tools": {"svn"}, "flag": `^--trust-server-cert$`, "next": ""},
	{"tools": {"deno"}, "flag": `^--unsafely-ignore-certificate-errors$`, "next": ""},
	{"tools": {"ansible-galaxy"}, "flag": `^(?:-c|--ignore-certs)$`, "next": ""},
	{"tools": {"curl"}, "flag": `^--doh-insecure$`, "next": ""},
	{"tools": {"aria2c"}, "flag": `^--check-certificate=false$`, "next": ""},
	{"tools": {"yum-config-manager"}, "flag": `(?i)^(?:--setopt=)?(?:.*\.)?(?:sslverify|gpgcheck)=(?:0|false|no)$`, "next": ""},
	{"tools": {"rpm"}, "flag": `^--(?:nosignature|noverify)$`, "next": ""},
	{"tools": {"bundle", "bundler"}, "flag": `(?i)^ssl_verify_mode$`, "next": `^0$`},
	{"tools": {"poetry"}, "flag": `^certificates\..+\.cert$`, "next": `(?i)^false$`},
	{"tools": {"lftp"}, "flag": `(?i)set\s+ssl:(?:verify-certificate|check-hostname)\s+(?:no|false|off)`, "next": ""},
	{"tools": {"svn"}, "flag": `^--trust-server-cert-failures=`, "next": ""},
	{"tools": {"hg"}, "flag": `^--insecure$`, "next": ""},
	{"tools": {"go"}, "flag": `^-insecure$|^GOINSECURE=.+|^GOSUMDB=off$|^GOFLAGS=.*-insecure`, "next": ""},
	{"tools": {"ssh", "scp", "sftp", "rsync", "autossh", "git"}, "flag": `(?i)StrictHostKeyChecking[= ]+["']?no|UserKnownHostsFile[= ]+["']?/dev/null`, "next": ""},
	{"tools": {"dockerd", "dockerd-entrypoint.sh"}, "flag": `^--insecure-registry`, "next": ""},
	{"tools": {"traefik"}, "flag": `(?i)insecureSkipVerify(?:=true)?$`, "next": ""},
	{"tools": {"mongod", "mongos", "mongo", "mongosh", "mongodump", "mongorestore"}, "flag": `^--(?:tls|ssl)(?:AllowInvalid(?:Certificates|Hostnames)|Insecure)$`, "next": ""},
	{"tools": {"ldapsearch", "ldapadd", "ldapmodify"}, "flag": `(?i)^(?:-o)?TLS_REQCERT=(?:never|allow)$`, "next": ""},
	{"tools": {"Invoke-WebRequest", "Invoke-RestMethod", "iwr", "irm"}, "flag": `(?i)^-SkipCertificateCheck$`, "next": ""},
	{"tools": {"Install-Module", "Set-PSRepository", "Register-PSRepository"}, "flag": `(?i)^-SkipPublisherCheck$`, "next": ""},
	{"tools": {"[System.Net.ServicePointManager]::ServerCertificateValidationCallback", "[Net.ServicePointManager]::ServerCertificateValidationCallback"}, "flag": `(?i)\$true`, "next": ""},
	{"tools": {"cosign"}, "flag": `^--insecure-ignore-(?:tlog|sct)(?:=true)?$|^--allow-insecure-registry$`, "next": ""},
]

# What is written into a client's settings does the same.
_settings_off := `(?i)strict-ssl\s*=\s*false|sslverify\s*=\s*(?:0|false)|check_certificate\s*=\s*off|^\s*insecure\s*$|gpgcheck\s*=\s*0|trusted-host\s*=|AllowUnauthenticated\s+"?(?:true|1)|Verify-Peer\s+"?false|StrictHostKeyChecking[\s=]+no|ssl_verify_mode:?\s+0|\[[^\]]*trusted=yes[^\]]*\]\s+(?:https?|\$)`

# Variables by which a program checks no certificate: name in capitals -> the values that do it.
_variables_off := {
	"NODE_TLS_REJECT_UNAUTHORIZED": `^0$`,
	"PYTHONHTTPSVERIFY": `^0$`,
	"GIT_SSL_NO_VERIFY": `^(?:1|true|yes|on)$`,
	"NPM_CONFIG_STRICT_SSL": `^false$`,
	"YARN_STRICT_SSL": `^false$`,
	"YARN_ENABLE_STRICT_SSL": `^false$`,
	"PIP_TRUSTED_HOST": `^[^$]*[a-z0-9]`,
	"UV_INSECURE_HOST": `^[^$]*[a-z0-9]`,
	"VAULT_SKIP_VERIFY": `^(?:1|true)$`,
	"CONSUL_HTTP_SSL_VERIFY": `^(?:0|false)$`,
	"BUNDLE_SSL_VERIFY_MODE": `^0$`,
	"CONDA_SSL_VERIFY": `^(?:false|0|no)$`,
	"AZURE_CLI_DISABLE_CONNECTION_VERIFICATION": `^1$`,
	"HELM_KUBEINSECURE_SKIP_TLS_VERIFY": `^true$`,
	"TF_HTTP_SKIP_CERT_VERIFICATION": `^true$`,
	"KAFKA_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM": `^\s*$`,
	"LDAPTLS_REQCERT": `^(?:never|allow)$`,
	"PGSSLVERIFY": `^0$`,
	"GOINSECURE": `.`,
	"GOSUMDB": `^off$`,
	"GOFLAGS": `-insecure`,
	"CURL_CA_BUNDLE": `^$`,
	"REQUESTS_CA_BUNDLE": `^$`,
	"ANSIBLE_HOST_KEY_CHECKING": `(?i)^(?:false|0|no)$`,
	"GIT_SSH_COMMAND": `(?i)StrictHostKeyChecking[= ]+no`,
	"MAVEN_OPTS": `(?i)-dmaven\.wagon\.http\.ssl\.(?:insecure|allowall)=true`,
	"ELASTICSEARCH_SSL_VERIFICATIONMODE": `(?i)^none$`,
	"XPACK.SECURITY.TRANSPORT.SSL.VERIFICATION_MODE": `(?i)^none$`,
	"XPACK.SECURITY.HTTP.SSL.VERIFICATION_MODE": `(?i)^none$`,
}

# unverified(config): where certificates or signatures are not checked.
unverified(config) := array.concat(array.concat(_by_switch(config), _by_setting(config)), _by_variable(config))

_by_switch(config) := [found |
	command := config.commands[i]
	some switch in _switches
	command.name in switch.tools
	word := command.words[j]
	regex.match(switch.flag, lib.text(word))
	_followed(command.words, j, switch["next"])
	not _only_near(command)
	found := {
		"path": ["commands", i, "words", j],
		"msg": sprintf("`%v %v` takes whatever answers, so anybody on the way decides what arrives; leave it out and give the tool the CA or key it lacks", [command.name, word]),
	}
]

_followed(_, _, "") := true

_followed(words, j, pattern) if {
	pattern != ""
	regex.match(pattern, lib.text(words[j + 1]))
	not _is_near(words[j + 1])
}

# A health check of the own host: every address named is near.
_only_near(command) if {
	command.name in {"curl", "wget", "http", "https"}
	addresses := [word | word := lib.text(command.words[_]); regex.match(`(?i)^https?://`, word)]
	count(addresses) > 0
	far := [word | some word in addresses; not near_address(word)]
	count(far) == 0
}

# near_address(word): a URL of this machine, or of a container beside it.
near_address(word) if regex.match(`(?i)^[a-z]+://(?:[^/@]*@)?(?:localhost|127\.[0-9.]+|0\.0\.0\.0|\[::1\]|host\.docker\.internal|[a-z0-9_-]+)(?:[:/?#]|$)`, lib.text(word))

_is_near(host) if regex.match(`(?i)^(?:localhost|127\.[0-9.]+)(?::[0-9]+)?$`, lib.text(host))

_by_setting(config) := [{"path": entry.path, "msg": msg} |
	some entry in _written(config)
	regex.match(_settings_off, lib.text(entry.text))
	msg := "this setting switches the check of certificates or signatures off for everything that follows; leave it out and install the CA or key that is missing"
]

# What goes into a file: echoed, or in a here-document.
_written(config) := array.concat(
	[{"path": ["commands", i, "words", j], "text": word} |
		command := config.commands[i]
		command.name in {"echo", "printf"}
		_is_kept(command)
		word := command.words[j]
		j > 0
	],
	[{"path": [kind, i, "lines", j], "text": line} |
		some kind in ["commands", "instructions"]
		each := object.get(config, kind, [])[i]
		line := each.lines[j]
	],
)

_is_kept(command) if count(lib.as_array(command.redirects)) > 0

_is_kept(command) if command.to == "tee"

_by_variable(config) := array.concat(
	[found |
		variable := config.variables[i]
		found := _variable_off(variable, ["variables", i, "value"])
	],
	[found |
		command := config.commands[i]
		variable := command.variables[j]
		found := _variable_off(variable, ["commands", i, "variables", j])
	],
)

_variable_off(variable, path) := {"path": path, "msg": msg} if {
	pattern := _variables_off[upper(lib.text(variable.name))]
	lib.known(variable.value)
	regex.match(pattern, blocks.spelled(variable.value))
	not _is_near(blocks.spelled(variable.value))
	msg := sprintf("`%v` switches the check of certificates off for every connection the program makes; leave it out and give it the CA it lacks", [variable.name])
}

# may_be_unverified(config): names of variables that would switch the check off, with a value that is not known here.
may_be_unverified(config) := {variable.name |
	variable := array.concat([own | own := config.variables[_]], [inner | inner := config.commands[_].variables[_]])[_]
	_variables_off[upper(lib.text(variable.name))]
	lib.is_unknown(variable.value)
}

# --- daemons ------------------------------------------------------------------------------------------------------------

# docker_in_clear(config): a Docker daemon that is spoken to without TLS: who reaches it is root on its host.
docker_in_clear(config) := [found |
	variable := config.variables[i]
	found := _docker_in_clear(variable, ["variables", i, "value"])
]

_docker_in_clear(variable, path) := {"path": path, "msg": "an empty DOCKER_TLS_CERTDIR switches TLS off between client and daemon; leave the variable out or set it to /certs"} if {
	variable.name == "DOCKER_TLS_CERTDIR"
	variable.value == ""
}

_docker_in_clear(variable, path) := {"path": path, "msg": "the Docker daemon is spoken to without TLS: whoever reaches the port is root on its host; use port 2376 with DOCKER_TLS_VERIFY=1"} if {
	variable.name == "DOCKER_HOST"
	regex.match(`^(?:tcp|http)://[^/]*:2375(?:/|$)`, lib.text(variable.value))
	not regex.match(`^[a-z]+://(?:localhost|127\.)`, variable.value)
}
